import { describe, expect, it, onTestFinished } from 'vitest';
import { newTestDatabase } from '../harness/postgres/test-database.ts';
import { runConcurrency } from './concurrency/run.ts';
import { shareSettings } from './settings.ts';

const settings = shareSettings();

describe('parallel calls on credit for seven', () => {
  it('are admitted seven at a time, in one process and in four on one database', async () => {
    const report = await runConcurrency(settings);
    expect(report.counts).toContain('7 at a time');
  });

  it('are admitted seven at a time by four processes on PostgreSQL', async () => {
    const { url, drop } = await newTestDatabase();
    onTestFinished(drop);
    const report = await runConcurrency(settings, { databaseUrl: url, processes: [4] });
    expect(report.counts).toContain('in 4 processes: 7 at a time');
  });

  it('would be found out to be more with a hold that is made to fit', async () => {
    const run = runConcurrency(settings, { processes: [1], defect: 'half-hold' });
    await expect(run).rejects.toThrow(/admitted instead of 7/);
  });
});
