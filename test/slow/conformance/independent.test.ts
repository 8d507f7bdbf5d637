import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConformanceConfig,
  listRequirements,
  type Profile,
  runConformance,
  toExitCode,
} from '../../../conformance/index.ts';
import { run } from '../../harness/processes.ts';
import { isTest, readImports } from '../../house/imports.ts';
import { paths } from '../../platforms/independent/routes.ts';
import { type IndependentPlatform, startIndependentPlatform } from '../../platforms/independent/start.ts';

const PROFILES: Profile[] = ['control-plane'];
const checkable = listRequirements().filter((row) => row.profile === 'control-plane' && !row.untestable);
/** Those of the operations that the platform offers: it need not follow when the contract grows. */
const offered = checkable.filter(({ method, path }) =>
  paths.some((each) => each.path === path && method in each.methods),
);
const only = offered.length === checkable.length ? [] : offered.map(({ id }) => id);
const folder = mkdtempSync(join(tmpdir(), 'rigkit-independent-'));
let platform: IndependentPlatform;
let config: ConformanceConfig;
beforeAll(async () => {
  platform = await startIndependentPlatform();
  const accounts = { funded: { apiKey: platform.pro }, other: { apiKey: platform.free } };
  config = { controlPlane: { baseUrl: platform.url }, accounts, profiles: PROFILES };
});
afterAll(async () => {
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a platform that was written from the contract alone', () => {
  it('shares no code with this house', () => {
    const files = globSync('test/platforms/independent/*.ts').filter((file) => !isTest(file));
    const foreign = files.flatMap(readImports).filter(({ external, to }) => !external && !files.includes(to));
    const packages = files.flatMap(readImports).filter(({ external, to }) => external && !to.startsWith('node:'));
    expect({ foreign, packages }).toEqual({ foreign: [], packages: [] });
  });

  it('keeps every MUST of its operations that can be checked, and every SHOULD but one', async () => {
    const report = await runConformance(config, { seed: 20_260_401, ...(only.length > 0 && { only }) });
    const verdicts = report.results.map(({ id, verdict, actual, reason }) => [id, verdict, actual ?? reason]);
    // It likes other models than the contract's where nobody has chosen one.
    const other = ['DEF-015', 'fail', '"google"'];
    expect(verdicts).toEqual(offered.map(({ id }) => (id === other[0] ? other : [id, 'pass', null])));
    expect(report.leftBehind).toEqual([]);
    expect(toExitCode(report)).toBe(0);
  });

  it('is conformant to `rigkit conformance`, which knows nothing of it but its address and two keys', async () => {
    const file = join(folder, 'conformance.json');
    writeFileSync(file, JSON.stringify(config));
    const command = ['cli/main.ts', 'conformance', '--config', file, ...only.flatMap((id) => ['--only', id])];
    const finished = await run(process.execPath, command);
    expect(finished, finished.stdout + finished.stderr).toMatchObject({ code: 0 });
    expect(finished.stdout).toContain(only.length > 0 ? 'kept' : 'conformant');
  });
});
