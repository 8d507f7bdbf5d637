import { afterEach, describe, expect, it } from 'vitest';
import { breaks, closePlatforms, keeps, platform, runChecks } from './fixtures/suite-runs.ts';
import { ConfigError } from './platform/config.ts';
import { renderJunit } from './report/junit.ts';
import { renderTerminalText } from './report/text.ts';
import { toExitCode } from './run/outcome.ts';

afterEach(closePlatforms);

describe('a run with a baseline', () => {
  const entry = { id: 'TST-002', reason: 'PLAT-1', expires: '2999-12-31' };
  const baseline = (...entries: (typeof entry)[]) => ({ schemaVersion: 1 as const, entries });

  it('exits 0 on a failure that is listed, which stays a failure and is marked', async () => {
    const report = await runChecks(await platform(), [keeps, breaks], { baseline: baseline(entry) });
    expect(report.outcome).toBe('baselined');
    expect(toExitCode(report)).toBe(0);
    expect(report.results[1]).toMatchObject({
      verdict: 'fail',
      baselined: { reason: 'PLAT-1', expires: '2999-12-31' },
      evidence: { request: { method: 'PUT' } },
    });
    expect(report.profiles.every(({ conformant }) => !conformant)).toBe(true);
    expect(renderJunit(report)).not.toContain('<failure');
  });

  it('exits 1 when another requirement is broken', async () => {
    const report = await runChecks(await platform(), [keeps, breaks], {
      baseline: baseline({ ...entry, id: 'TST-001' }),
    });
    expect(toExitCode(report)).toBe(1);
    expect(renderTerminalText(report)).toContain('TST-001 is stale');
  });

  it.each([
    ['a stale entry', [keeps], baseline({ ...entry, id: 'TST-001' }), 2, 'TST-001 is stale'],
    [
      'an expired entry that still fails',
      [keeps, breaks],
      baseline({ ...entry, expires: '2020-01-01' }),
      1,
      'expired on 2020-01-01',
    ],
  ])('fails on %s, with a clear line and a failed test case', async (_, checks, given, code, words) => {
    const report = await runChecks(await platform(), checks, { baseline: given });
    expect(toExitCode(report)).toBe(code);
    expect(renderTerminalText(report)).toContain(words);
    expect(renderJunit(report)).toMatch(/<failure[^>]*(stale|expired)/);
  });

  it.each([
    ['an unknown id', baseline({ ...entry, id: 'TST-999' })],
    ['an id that is listed twice', baseline(entry, entry)],
  ])('sends nothing when the baseline has %s', async (_, given) => {
    const target = await platform();
    await expect(runChecks(target, [keeps, breaks], { baseline: given })).rejects.toThrow(ConfigError);
    expect(target.received).toEqual([]);
  });

  it('leaves an entry alone that the run says nothing about', async () => {
    const options = { baseline: baseline(entry), only: ['TST-001'] };
    const report = await runChecks(await platform(), [keeps, breaks], options);
    expect(report.baseline?.map(({ state }) => state)).toEqual(['idle']);
    expect(toExitCode(report)).toBe(0);
  });
});
