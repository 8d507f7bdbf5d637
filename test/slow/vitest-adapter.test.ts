import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformanceFile } from '../../cli/sandbox/start-sandbox.ts';
import { type FakeHandler, type FakePlatform, startFakePlatform } from '../../conformance/fixtures/fake-platform.ts';
import { listRequirements, runConformance, type Verdict } from '../../conformance/index.ts';
import { startTestSandbox, type TestSandbox } from '../harness/sandbox.ts';
import { runVitest } from '../harness/vitest-run.ts';
import { dropsTutorialFields } from '../platforms/broken/ai-config.ts';
import { startFront } from '../platforms/front.ts';

const module = (path: string) => JSON.stringify(resolve(path));
const checkable = listRequirements().filter((requirement) => requirement.untestable === undefined);

describe('registerConformance', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox?.close());

  /** What a platform team writes. */
  const registered = (config: object, options: object = {}) => `
    import { registerConformance } from ${module('conformance/vitest/index.ts')};
    registerConformance(${JSON.stringify(config)}, ${JSON.stringify(options)});
  `;
  const config = () => JSON.parse(readFileSync(conformanceFile(sandbox.dataDir), 'utf8'));

  it('passes the sandbox: a test for every requirement, each below its profile, nothing left on the platform', async () => {
    const before = await sandbox.as('funded').GET('/workspaces');
    const finished = await runVitest(registered(config()));
    expect(finished, finished.stdout).toMatchObject({ code: 0 });
    expect(finished.count('passed')).toBe(checkable.length);
    const titles = finished.tests.map(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' > '));
    const wanted = checkable.map(({ profile, id, sentence }) => `rigkit conformance > ${profile} > ${id} ${sentence}`);
    expect(titles.toSorted()).toEqual(wanted.toSorted());
    const after = await sandbox.as('funded').GET('/workspaces');
    expect(after.data).toEqual(before.data);
  });

  it('fails, skips and passes what the command does on a broken platform, with the same evidence', async () => {
    const front = await startFront(sandbox.control_plane, dropsTutorialFields.controlPlane);
    const { accounts, ...rest } = config();
    const { other: _, ...supplied } = accounts;
    const broken = { ...rest, accounts: supplied, controlPlane: { baseUrl: front.url } };
    const options = { profiles: ['control-plane'] };
    const finished = await runVitest(registered(broken, options));
    const report = await runConformance(broken, options).finally(front.close);

    expect(finished.code).toBe(1);
    const failed = finished.tests.filter(({ status }) => status === 'failed');
    expect(failed.map(({ title }) => title.split(' ')[0])).toEqual([dropsTutorialFields.breaks]);
    for (const part of [
      'expected: status 400',
      '> PUT ',
      '< 200 after',
      'replay:   curl',
      'again:    rigkit conformance',
    ])
      expect(failed[0]?.failureMessages.join()).toContain(part);
    const verdicts = (verdict: Verdict) => report.results.filter((result) => result.verdict === verdict);
    expect(finished.count('passed')).toBe(verdicts('pass').length);
    expect(finished.count('skipped')).toBe(report.results.length - verdicts('pass').length - 1);
    expect(finished.count('skipped')).toBeGreaterThan(0);
  });

  it('skips with its reason what nothing was supplied for', async () => {
    const { controlPlane, accounts } = config();
    const alone = { controlPlane, accounts: { funded: { apiKey: accounts.funded.apiKey } } };
    const finished = await runVitest(registered(alone, { only: ['CRD-001', 'OAI-001'] }));
    expect(finished).toMatchObject({ code: 0, stdout: expect.stringMatching(/↓ .*OAI-001.*\[unverified: .*proxy/) });
    expect([finished.count('passed'), finished.count('skipped')]).toEqual([1, 1]);
  });

  it('registers nothing for a configuration that cannot be used, and says why', async () => {
    const finished = await runVitest(registered({ ...config(), contolPlane: {} }));
    expect(finished.code).toBe(1);
    expect(finished.stdout + finished.stderr).toContain('unknown key contolPlane');
  });
});

describe('the tests of a suite', () => {
  const open: FakePlatform[] = [];
  afterAll(() => Promise.all(open.map((platform) => platform.close())));

  /** Checks by id that each ask for the path of their id; those after the first may do something else before. */
  async function runChecks(answers: Readonly<Record<string, FakeHandler>>, options = {}, args: readonly string[] = []) {
    const handlers = Object.entries(answers).map(([id, handler]) => [`GET /${id}`, handler] as const);
    const platform = await startFakePlatform({ ...Object.fromEntries(handlers), ...workspaces });
    open.push(platform);
    const source = `
      import { makeRequirement } from ${module('conformance/fixtures/requirements.ts')};
      import { registerSuite } from ${module('conformance/vitest/register-suite.ts')};
      import { check } from ${module('conformance/checks/check.ts')};
      import { wantStatus } from ${module('conformance/http/want.ts')};
      const ids = ${JSON.stringify(Object.keys(answers))};
      const asks = (id) => check(id, [], async ({ funded, workspace }) => {
        if (id === 'TST-008') throw new TypeError('a slip in the suite');
        if (id === 'TST-009') await workspace();
        wantStatus(await funded.get('/' + id), 200);
      });
      const rows = ids.map((id) => makeRequirement(id, { level: id === 'TST-007' ? 'SHOULD' : 'MUST' }));
      registerSuite(${JSON.stringify(platform.config)}, ids.map(asks), ${JSON.stringify(options)}, rows);
    `;
    return { platform, finished: await runVitest(source, args) };
  }
  const workspaces: Readonly<Record<string, FakeHandler>> = {
    'POST /workspaces': () => ({ status: 201, json: { vm: { id: 'ws-1' } } }),
    'PUT /workspaces/ws-1/ai-config': () => ({ status: 200, json: {} }),
    'DELETE /workspaces/ws-1': () => ({ status: 200, json: { message: 'Deleted.' } }),
  };
  const good: FakeHandler = () => ({ status: 200, json: {} });
  const bad: FakeHandler = () => ({ status: 500, json: {} });

  it('run one after the other, whatever the configuration of vitest says', async () => {
    const ids = ['TST-001', 'TST-002', 'TST-003', 'TST-004', 'TST-005', 'TST-006'];
    let running = 0;
    let most = 0;
    const slow: FakeHandler = (_, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.writeHead(200).end('{}');
      }, 20);
      return undefined;
    };
    const args = ['--sequence.concurrent', '--sequence.shuffle.tests', '--retry=2', '--testTimeout=10'];
    const { platform, finished } = await runChecks(Object.fromEntries(ids.map((id) => [id, slow])), {}, args);
    expect(finished, finished.stdout).toMatchObject({ code: 0 });
    expect(platform.received.filter((route) => route.includes('TST'))).toEqual(ids.map((id) => `GET /${id}`));
    expect(most).toBe(1);
  });

  it('fail on a slip of the suite by that name, and are skipped for a SHOULD that is not followed', async () => {
    const { finished } = await runChecks({ 'TST-001': good, 'TST-007': bad, 'TST-008': good });
    expect(finished.tests.map(({ status }) => status)).toEqual(['passed', 'skipped', 'failed']);
    const [, , slip] = finished.tests;
    expect(slip?.failureMessages.join()).toMatch(/^HarnessError: TST-008[\s\S]*harness-error: .*a slip in the suite/);
    expect(finished.stdout).toMatch(
      /TST-007.*\[SHOULD not followed: expected status 200 from GET .*, got status 500\]/,
    );
  });

  it('are skipped for a known failure, and fail where its entry has become stale', async () => {
    const entries = ['TST-001', 'TST-002'].map((id) => ({ id, reason: 'PLAT-1', expires: '2999-12-31' }));
    const baseline = { schemaVersion: 1, entries };
    const { finished } = await runChecks({ 'TST-001': bad, 'TST-002': good }, { baseline });
    expect(finished.tests.map(({ status }) => status)).toEqual(['skipped', 'failed']);
    expect(finished.stdout).toContain('[known failure: PLAT-1 (until 2999-12-31)]');
    expect(finished.tests[1]?.failureMessages.join()).toContain('TST-002 is stale');
  });

  it('are not run, and the run is red, when the platform does not answer as one', async () => {
    const handlers = { 'GET /users/me/credits': bad, 'GET /capacity': bad, 'GET /TST-001': good };
    const platform = await startFakePlatform(handlers);
    open.push(platform);
    const source = `
      import { registerConformance } from ${module('conformance/vitest/index.ts')};
      registerConformance(${JSON.stringify(platform.config)}, { only: ['CRD-001'] });
    `;
    const finished = await runVitest(source);
    expect(finished).toMatchObject({ code: 1, count: expect.any(Function) });
    expect(finished.stdout + finished.stderr).toContain('the target does not answer as a control plane');
    expect(finished.count('passed')).toBe(0);
  });

  it('leave nothing behind when the run is narrowed down to one of them', async () => {
    const { platform, finished } = await runChecks({ 'TST-001': bad, 'TST-009': good }, {}, ['-t', 'TST-009']);
    expect(finished.count('passed'), finished.stdout).toBe(1);
    expect(platform.received).not.toContain('GET /TST-001');
    expect(platform.received).toContain('DELETE /workspaces/ws-1');
  });
});
