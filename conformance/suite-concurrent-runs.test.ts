import { afterEach, describe, expect, it } from 'vitest';
import { makeCheck } from './fixtures/requirements.ts';
import { breaks, closePlatforms, keeps, platform, runChecks } from './fixtures/suite-runs.ts';
import { toExitCode } from './run/outcome.ts';

afterEach(closePlatforms);

const OTHER = { id: 'ws-9', name: 'conformance-0123abcd-1' };

/** A platform on which another run may have workspaces, spend credits and change settings. */
async function shared(vms: { id: string; name: string }[]) {
  const otherRun = { micro: 1_000_000, spendsMicro: 0, updatedAt: 'then' };
  const target = await platform({
    'GET /workspaces': () => ({ status: 200, json: { vms } }),
    'GET /users/me/credits': () => {
      otherRun.micro -= otherRun.spendsMicro;
      return { status: 200, json: { remaining_micro: otherRun.micro } };
    },
    'GET /workspaces/ws-9/ai-config': () => ({ status: 200, json: { updated_at: otherRun.updatedAt } }),
  });
  return { target, otherRun };
}

describe('two runs on one account', () => {
  it('end the one that meets a failure while the other is there: it is no violation', async () => {
    const vms: (typeof OTHER)[] = [];
    const { target } = await shared(vms);
    const starts = makeCheck('TST-001', [], async () => void vms.push(OTHER));
    const report = await runChecks(target, [starts, breaks, makeCheck('TST-003', [], async () => {})]);
    expect(report.stop?.message).toBe('another run of the suite (0123abcd) uses accounts.funded at the same time');
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'unverified', 'unverified']);
    expect(toExitCode(report)).toBe(3);
  });

  it('end the one that meets a failure after the other, which was there before it, has left', async () => {
    const vms = [OTHER];
    const { target } = await shared(vms);
    const ends = makeCheck('TST-001', [], async () => void vms.pop());
    expect((await runChecks(target, [ends, breaks])).stop?.message).toContain('0123abcd');
  });

  it('end the later one at its start, where it sees the other spend', async () => {
    const { target, otherRun } = await shared([OTHER]);
    otherRun.spendsMicro = 10;
    const report = await runChecks(target, [keeps]);
    expect(report.stop?.message).toContain('0123abcd');
    expect(toExitCode(report)).toBe(3);
  });

  it('end the later one at its start, where it sees the other change settings', async () => {
    const { target, otherRun } = await shared([OTHER]);
    setTimeout(() => {
      otherRun.updatedAt = 'now';
    }, 200);
    expect((await runChecks(target, [keeps])).stop?.message).toContain('0123abcd');
  });

  it('are not seen in what a killed run, or somebody else, has left', async () => {
    const { target } = await shared([OTHER, { id: 'ws-8', name: 'conformance-tests' }]);
    const report = await runChecks(target, [keeps, breaks]);
    expect(report.stop).toBeNull();
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
  });
});
