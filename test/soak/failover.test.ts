import { expect, it } from 'vitest';
import { runFailover } from './failover/run.ts';
import { shareSettings } from './settings.ts';

const settings = shareSettings();

it(`a PostgreSQL that fails over under load costs refusals, and no call is lost or charged twice (seed ${settings.seed})`, async () => {
  const report = await runFailover(settings);
  expect(report.counts).toContain(`${settings.counts.failovers} failovers under load`);
});

it('without synchronous replication calls would be lost, and it would be found out', async () => {
  const run = runFailover({ ...settings, counts: { ...settings.counts, failovers: 1 } }, { isAsynchronous: true });
  await expect(run).rejects.toThrow('forwarded without a hold');
});
