import { afterEach, describe, expect, it } from 'vitest';
import { type FakeHandler, FUNDED_KEY } from './fixtures/fake-platform.ts';
import { makeCheck, makeRequirement } from './fixtures/requirements.ts';
import { breaks, closePlatforms, keeps, platform, runChecks } from './fixtures/suite-runs.ts';
import { NotApplicable, Unverified } from './http/errors.ts';
import { givenStatus, wantStatus } from './http/want.ts';
import { renderJunit } from './report/junit.ts';
import { renderJson } from './report/report-files.ts';
import { renderTerminalText } from './report/text.ts';
import { toExitCode } from './run/outcome.ts';
import { shuffled } from './run/select.ts';

afterEach(closePlatforms);

describe('a run against a platform that answers', () => {
  it('is conformant and exits 0 when every check passes', async () => {
    const report = await runChecks(await platform(), [keeps]);
    expect(report.outcome).toBe('conformant');
    expect(toExitCode(report)).toBe(0);
    expect(report.results[0]).toMatchObject({ id: 'TST-001', verdict: 'pass', evidence: null, reason: null });
    expect(report.profiles.find(({ profile }) => profile === 'control-plane')).toMatchObject({ conformant: true });
  });

  it('exits 1 for a broken MUST, with expected, actual, call and the way to see it again', async () => {
    const report = await runChecks(await platform(), [keeps, breaks]);
    expect(toExitCode(report)).toBe(1);
    expect(report.results[1]).toMatchObject({
      verdict: 'fail',
      expected: '/mode "managed"',
      actual: 'nothing',
      rerun: 'rigkit conformance --only TST-002',
      evidence: {
        request: { method: 'PUT', body: '{"mode":"managed"}' },
        response: { status: 404 },
        curl: expect.stringContaining(`-H 'authorization: Bearer '"$RIGKIT_FUNDED_API_KEY"`),
      },
    });
  });

  it('exits 0 when only a SHOULD is broken', async () => {
    const rows = [makeRequirement('TST-001'), makeRequirement('TST-002', { level: 'SHOULD' })];
    const report = await runChecks(await platform(), [keeps, breaks], {}, rows);
    expect(toExitCode(report)).toBe(0);
    expect(report.totals.SHOULD.fail).toBe(1);
  });

  it('shows no secret anywhere in the report, although the platform repeats it', async () => {
    const echo: FakeHandler = (request) => ({
      status: 500,
      json: { said: request.headers.authorization, base64: Buffer.from(`x:${FUNDED_KEY}`).toString('base64') },
      headers: { 'x-echo': encodeURIComponent(FUNDED_KEY) },
    });
    const report = await runChecks(await platform({ 'PUT /workspaces/ws-1/mode': echo }), [breaks]);
    for (const text of [renderJson(report), renderJunit(report), renderTerminalText(report)]) {
      expect(text).toContain('[redacted RIGKIT_FUNDED_API_KEY]');
      expect(text).not.toContain(FUNDED_KEY);
      expect(text).not.toContain(Buffer.from(`x:${FUNDED_KEY}`).toString('base64').slice(4, -4));
    }
  });

  it('leaves a requirement unverified, by name, when the configuration lacks what it needs', async () => {
    const needy = makeCheck('TST-003', ['other-key'], async () => {});
    const report = await runChecks(await platform(), [keeps, needy]);
    expect(toExitCode(report)).toBe(4);
    expect(report.results[1]).toMatchObject({
      verdict: 'unverified',
      reason: 'the configuration does not supply `accounts.other.apiKey`',
    });
  });

  it('leaves a requirement unverified when what it builds on fails', async () => {
    const built = makeCheck('TST-004', [], async ({ funded }) => {
      givenStatus(await funded.get('/nowhere'));
    });
    const report = await runChecks(await platform(), [built]);
    expect(report.results[0]).toMatchObject({
      verdict: 'unverified',
      reason: 'could not be set up: GET /api/v1/nowhere answered 404, not 200 or 201',
    });
  });

  it('tells apart not applicable, unverified and a defect of the suite', async () => {
    const report = await runChecks(await platform(), [
      makeCheck('TST-005', [], () => Promise.reject(new NotApplicable('it issues no keys'))),
      makeCheck('TST-006', [], () => Promise.reject(new Unverified('nobody knows'))),
      makeCheck('TST-007', [], () => Promise.reject(new TypeError('oops'))),
    ]);
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['not-applicable', 'unverified', 'harness-error']);
    expect(report.results[2]?.reason).toContain('TypeError: oops');
    expect(toExitCode(report)).toBe(3);
  });

  it('runs only what is named, and certifies nothing by it', async () => {
    const report = await runChecks(await platform(), [keeps, breaks], { only: ['TST-001'] });
    expect(report.results.map(({ id }) => id)).toEqual(['TST-001']);
    expect(report.profiles.every(({ conformant }) => !conformant)).toBe(true);
  });

  it('refuses an id and a profile that do not exist before it sends anything', async () => {
    const target = await platform();
    await expect(runChecks(target, [keeps], { only: ['TST-999'] })).rejects.toThrow('no requirement is called TST-999');
    await expect(runChecks(target, [keeps], { profiles: ['prxy'] })).rejects.toThrow('no profile is called prxy');
    expect(target.received).toEqual([]);
  });

  it('waits as Retry-After says and takes no rate limit for a violation', async () => {
    let refusals = 2;
    const target = await platform({
      'PUT /workspaces/ws-1/mode': () => {
        refusals -= 1;
        return refusals >= 0
          ? { status: 429, json: {}, headers: { 'retry-after': '1' } }
          : { status: 200, json: { mode: 'managed' } };
      },
    });
    const report = await runChecks(target, [breaks], { limits: { checkTimeoutMs: 1_500 } });
    expect(report.results[0]?.verdict).toBe('pass');
  });

  it('undoes what a check did, last first, after a violation too, and reports what could not be undone', async () => {
    const undone: string[] = [];
    const untidy = makeCheck('TST-008', [], async ({ funded, cleanUp }) => {
      cleanUp('first', async () => undone.push('first'));
      cleanUp('second', async () => undone.push('second'));
      cleanUp('third', () => Promise.reject(new Error('too late')));
      wantStatus(await funded.get('/nowhere'), 200);
    });
    const report = await runChecks(await platform(), [untidy]);
    expect(undone).toEqual(['second', 'first']);
    expect(report.leftBehind).toEqual(['third: too late']);
    expect(report.results[0]?.verdict).toBe('fail');
  });

  it('runs in the order of a seed, and reports in the order of the catalogue', async () => {
    const ids = ['TST-001', 'TST-002', 'TST-003', 'TST-004', 'TST-005', 'TST-006'];
    const checks = ids.map((id) => makeCheck(id, [], async () => {}));
    const ran: string[] = [];
    const report = await runChecks(await platform(), checks, { shuffle: 1, onResult: ({ id }) => ran.push(id) });
    expect(report.results.map(({ id }) => id)).toEqual(ids);
    expect(ran).toEqual(shuffled(checks, 1).map(({ id }) => id));
    expect(ran).not.toEqual(ids);
    expect(report.shuffle).toBe(1);
    expect((await runChecks(await platform(), checks)).shuffle).toBeNull();
  });

  it('takes a run of fewer profiles than the configuration declares for a partial one', async () => {
    const { config } = await platform();
    const target = { config: { ...config, profiles: ['control-plane' as const, 'byok' as const] } };
    const report = await runChecks(target, [keeps], { profiles: ['control-plane'] });
    expect(report.selection).toEqual({ profiles: ['control-plane'], only: [], skipped: ['byok'] });
  });
});
