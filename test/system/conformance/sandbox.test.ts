import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformanceFile } from '../../../cli/sandbox/start-sandbox.ts';
import { schemaProblems } from '../../../conformance/fixtures/report-schema.ts';
import { listRequirements } from '../../../conformance/index.ts';
import { run } from '../../harness/processes.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';
import { dropsTutorialFields } from '../../platforms/broken/ai-config.ts';
import { startFront } from '../../platforms/front.ts';

let sandbox: TestSandbox;
const folder = mkdtempSync(join(tmpdir(), 'rigkit-conformance-'));
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(async () => {
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

const conformance = (...args: readonly string[]) => run(process.execPath, ['cli/main.ts', 'conformance', ...args]);

describe('rigkit conformance', () => {
  it('finds the sandbox conformant, every requirement with a verdict and a test case', async () => {
    const reports = join(folder, 'good');
    await conformance('keygen', '--out', folder);
    const certify = ['--certify', '--key', join(folder, 'certificate-key.pem')];
    const config = ['--config', conformanceFile(sandbox.dataDir)];
    const finished = await conformance(...config, '--report-dir', reports, ...certify);
    expect(finished, finished.stdout + finished.stderr).toMatchObject({ code: 0 });
    const report = JSON.parse(readFileSync(join(reports, 'report.json'), 'utf8'));
    expect(schemaProblems(report)).toEqual([]);
    const checkable = listRequirements().filter((row) => row.untestable === undefined);
    const passed = report.results.filter((row: { verdict: string }) => row.verdict === 'pass');
    expect(passed.length).toBe(checkable.length);
    const junit = readFileSync(join(reports, 'junit.xml'), 'utf8');
    expect(junit).not.toContain('<failure');
    for (const { id } of checkable) expect(junit).toContain(id);
    expect(readFileSync(join(reports, 'badge.svg'), 'utf8')).toContain('>conformant<');
    const key = join(folder, 'certificate-key.pub.pem');
    const verified = await conformance('verify', join(reports, 'certificate.json'), '--public-key', key);
    expect(verified, verified.stdout).toMatchObject({ code: 0 });
  });

  it('finds a platform that accepts unknown fields in violation, and names the sentence', async () => {
    const front = await startFront(sandbox.control_plane, dropsTutorialFields.controlPlane);
    const config = JSON.parse(readFileSync(conformanceFile(sandbox.dataDir), 'utf8'));
    const file = join(folder, 'broken.json');
    writeFileSync(file, JSON.stringify({ ...config, controlPlane: { baseUrl: front.url } }));
    const finished = await conformance('--config', file, '--profile', 'control-plane').finally(front.close);
    expect(finished.code, finished.stdout).toBe(1);
    const broken = listRequirements().find((row) => row.id === dropsTutorialFields.breaks);
    expect(finished.stdout).toContain(broken?.sentence);
    expect(finished.stdout).toContain(`--only ${broken?.id}`);
  });

  it.each([
    ['a typo in the configuration', { contolPlane: {} }, 2, 'unknown key contolPlane'],
    ['a target that nobody listens at', { controlPlane: { baseUrl: 'http://127.0.0.1:9/api/v1' } }, 3, '127.0.0.1:9'],
  ])('ends with the right code on %s', async (_, change, code, words) => {
    const config = JSON.parse(readFileSync(conformanceFile(sandbox.dataDir), 'utf8'));
    const file = join(folder, 'changed.json');
    writeFileSync(file, JSON.stringify({ ...config, ...change }));
    const finished = await conformance('--config', file);
    expect(finished.code).toBe(code);
    expect(finished.stdout + finished.stderr).toContain(words);
  });
});
