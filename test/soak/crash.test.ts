import { describe, expect, it, onTestFinished } from 'vitest';
import { newTestDatabase } from '../harness/postgres/test-database.ts';
import { runCrash } from './crash/run.ts';
import { shareSettings } from './settings.ts';

const settings = shareSettings();

describe(`a platform that is killed under load (seed ${settings.seed})`, () => {
  it('loses no call, and charges none twice', async () => {
    const report = await runCrash(settings);
    expect(report.counts).toContain(`${settings.counts.kills} kills`);
  });

  it('loses no call, and charges none twice, on PostgreSQL too', async () => {
    const { url, drop } = await newTestDatabase();
    onTestFinished(drop);
    const report = await runCrash(settings, { databaseUrl: url });
    expect(report.counts).toContain(`${settings.counts.kills} kills`);
  });

  it.each([
    ['late-hold', /forwarded without a hold/],
    ['late-charge', /answered to its end, and still uncertain/],
  ] as const)('would be found out with a %s', async (defect, complaint) => {
    const run = runCrash({ ...settings, counts: { ...settings.counts, kills: 1 } }, { defect });
    await expect(run).rejects.toThrow(complaint);
  });
});
