import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { certifiableReport } from '../../conformance/fixtures/certified.ts';
import { type FakePlatform, startFakePlatform } from '../../conformance/fixtures/fake-platform.ts';
import { makeResult } from '../../conformance/fixtures/reports.ts';
import { certificateText, certify, readPrivateKey, reportFiles } from '../../conformance/index.ts';
import { run } from '../command-line.ts';
import { addConformance } from './conformance.ts';
import { deliver } from './conformance-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-conformance-'));
const at = (name: string) => join(folder, name);
const key = at('keys/certificate-key.pem');
const publicKey = at('keys/certificate-key.pub.pem');
const config = ['--config', at('config.json')];
const read = (name: string) => readFileSync(at(name), 'utf8');

/** It has no limits, and so breaks LIM-001. */
let platform: FakePlatform;
const broken = [...config, '--only', 'LIM-001'];
beforeAll(async () => {
  platform = await startFakePlatform();
  writeFileSync(at('config.json'), JSON.stringify(platform.config));
  await conformance('keygen', '--out', at('keys'));
  await conformance('keygen', '--out', at('other'));
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command in this process, as `rigkit` would: what it ends with, and what it printed. */
async function conformance(...args: readonly string[]) {
  const printed = { stdout: '', stderr: '' };
  const onto = (stream: keyof typeof printed) => (text: unknown) => {
    printed[stream] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(onto('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(onto('stderr')),
    vi.spyOn(console, 'log').mockImplementation(onto('stdout')),
    vi.spyOn(console, 'error').mockImplementation(onto('stderr')),
  ];
  const program = new Command('rigkit').exitOverride();
  addConformance(program);
  const code = await run(program, ['conformance', ...args]);
  for (const spy of spies) spy.mockRestore();
  process.exitCode = 0;
  return { code, ...printed };
}

describe('rigkit conformance with a seed', () => {
  it('tells it, and how to make the same requests again', async () => {
    const { stdout } = await conformance(...broken, '--seed', '4294967295', '--fuzz-cases', '3');
    expect(stdout).toContain('to repeat the generated requests: --seed 4294967295 --fuzz-cases 3');
  });

  it.each([
    ['--seed', 'x'],
    ['--seed', '-1'],
    ['--seed', '4294967296'],
    ['--fuzz-cases', '0'],
    ['--fuzz-cases', '10001'],
  ])('ends with 2 on %s %s', async (flag, value) => {
    expect(await conformance(...broken, flag, value)).toMatchObject({ code: 2 });
  });
});

describe('rigkit conformance with a baseline', () => {
  const baseline = (...args: readonly string[]) =>
    conformance('baseline', '--from', at('first/report.json'), '--reason', 'PLAT-1', ...args);

  it('fails without one, lists the failure in one, and then passes', async () => {
    expect(await conformance(...broken, '--report-dir', at('first'))).toMatchObject({ code: 1 });
    const made = await baseline('--expires', '2999-12-31', '--out', at('known.json'));
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('1 known failure, until 2999-12-31') });
    expect(JSON.parse(read('known.json'))).toEqual({
      schemaVersion: 1,
      entries: [{ id: 'LIM-001', reason: 'PLAT-1', expires: '2999-12-31' }],
    });
    const excused = await conformance(...broken, '--baseline', at('known.json'));
    expect(excused).toMatchObject({ code: 0, stdout: expect.stringContaining('PLAT-1 (until 2999-12-31)') });
  });

  it.each<[string, readonly string[], string]>([
    ['exists', ['--expires', '2999-12-31', '--out', at('config.json')], 'it exists'],
    ['would have expired', ['--expires', '2020-01-01', '--out', at('new.json')], '2020-01-01 has passed'],
    ['has no such day', ['--expires', 'never', '--out', at('new.json')], 'expected a day'],
    ['is made of no report', ['--expires', '2999-12-31', '--from', at('config.json')], 'no report'],
  ])('writes none that %s', async (_, args, words) => {
    expect(await baseline(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
    expect(existsSync(at('new.json'))).toBe(false);
  });
});

describe('rigkit conformance in an order of chance', () => {
  const some = ['CAP-001', 'CRD-001', 'CRD-002', 'LIM-001', 'TPL-001', 'USG-001'].flatMap((id) => ['--only', id]);
  const findOrder = (text: string) => text.match(/^\w.*[A-Z]{3}-\d{3}/gm);

  it('tells a seed, on the terminal and in the report, and runs in the same order by it', async () => {
    const first = await conformance(...config, ...some, '--shuffle', '--report-dir', at('shuffled'));
    const [, seed = ''] = /--shuffle (\d+)/.exec(first.stderr) ?? [];
    expect(first.stdout).toContain(`--shuffle ${seed} makes the same one again`);
    expect(JSON.parse(readFileSync(at('shuffled/report.json'), 'utf8'))).toMatchObject({ shuffle: Number(seed) });
    const second = await conformance(...config, ...some, '--shuffle', seed);
    expect(findOrder(first.stderr)).toHaveLength(6);
    expect(findOrder(second.stderr)).toEqual(findOrder(first.stderr));
  });

  it('takes whole numbers for seeds, and nothing else', async () => {
    const sent = platform.received.length;
    expect(await conformance(...config, '--shuffle', 'much')).toMatchObject({ code: 2 });
    expect(platform.received.length).toBe(sent);
  });
});

describe('rigkit conformance, on what it is given', () => {
  it.each<[string, readonly string[], string]>([
    ['a baseline that is not there', ['--baseline', at('nowhere.json')], 'cannot read'],
    ['a certificate without a key', ['--certify'], '--certify: needs --key FILE'],
    ['a key without a certificate', ['--key', key], '--key: needs --certify'],
    ['a certificate of some requirements', ['--certify', '--key', key, '--only', 'CRD-001'], 'without --only'],
    ['a certificate with a baseline', ['--certify', '--key', key, '--baseline', 'b'], 'a run with a baseline'],
    ['a public key to sign with', ['--certify', '--key', publicKey], 'no Ed25519 private key'],
    ['reports that cannot be written', ['--report-dir', at('config.json/reports')], 'cannot write to'],
    ['a requirement that cannot be checked', ['--only', 'ERR-005'], 'ERR-005 cannot be checked from outside'],
    ['a summary that has nowhere to go', ['--step-summary'], 'GITHUB_STEP_SUMMARY is not set'],
  ])('sends nothing and exits 2 for %s', async (_, args, words) => {
    vi.stubEnv('GITHUB_STEP_SUMMARY', '');
    const before = platform.received.length;
    const finished = await conformance(...config, ...args);
    expect(finished).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) });
    expect(platform.received.length).toBe(before);
  });

  it('appends to the step summary only where it is asked to', async () => {
    writeFileSync(at('step.md'), 'before\n');
    vi.stubEnv('GITHUB_STEP_SUMMARY', at('step.md'));
    await conformance(...broken);
    expect(read('step.md')).toBe('before\n');
    await conformance(...broken, '--step-summary');
    expect(read('step.md')).toMatch(/^before\n## rigkit conformance\n[\s\S]*LIM-001/);
  });

  it('writes no certificate of a platform that is not conformant, and takes an earlier one away', async () => {
    await conformance(...config, '--report-dir', at('last'));
    writeFileSync(at('last/certificate.json'), 'of an earlier run');
    const finished = await conformance(...config, '--certify', '--key', key, '--report-dir', at('last'));
    expect(finished).toMatchObject({ code: 1, stderr: expect.stringContaining('rigkit: no certificate: ') });
    expect(existsSync(at('last/certificate.json'))).toBe(false);
  });
});

describe('what a run delivers', () => {
  const flags = { profile: [], only: [], reportDir: at('delivered'), certify: true };
  const prepare = async () => ({ baseline: undefined, key: await readPrivateKey(key), stepSummary: undefined });
  const certificate = at('delivered/certificate.json');

  it('is every form of the report, and the certificate where one was asked for', async () => {
    expect(await deliver(certifiableReport(), flags, await prepare())).toBe(0);
    for (const name of reportFiles) expect(existsSync(at(`delivered/${name}`))).toBe(true);
    expect(await conformance('verify', certificate, '--public-key', publicKey)).toMatchObject({ code: 0 });
  });

  it('is exit code 4 where a conformant platform cannot be certified', async () => {
    const { results } = certifiableReport();
    const open = makeResult('TST-001', 'unverified', { level: 'SHOULD' });
    const report = certifiableReport({ results: [...results, open] });
    expect(await deliver(report, flags, await prepare())).toBe(4);
    expect(existsSync(certificate)).toBe(false);
    expect(await deliver(report, { ...flags, certify: false }, { ...(await prepare()), key: undefined })).toBe(0);
  });
});

describe('rigkit conformance keygen', () => {
  it('keeps the private key for its user alone, and shows nothing of it', async () => {
    const made = await conformance('keygen', '--out', at('more/keys'));
    expect(statSync(at('more/keys/certificate-key.pem')).mode & 0o777).toBe(0o600);
    const [, secret = ''] = read('more/keys/certificate-key.pem').split('\n');
    expect(made.stdout).toMatch(/SHA256:[0-9a-f]{64}/);
    expect(made.stdout + made.stderr).not.toContain(secret);
  });

  it('writes over no key', async () => {
    const before = readFileSync(key, 'utf8');
    expect(await conformance('keygen', '--out', at('keys'))).toMatchObject({ code: 2 });
    expect(readFileSync(key, 'utf8')).toBe(before);
  });
});

describe('rigkit conformance verify', () => {
  beforeAll(async () => {
    const certification = certify(certifiableReport(), await readPrivateKey(key));
    if (certification.kind === 'refused') throw new Error(certification.reason);
    writeFileSync(at('signed.json'), certificateText(certification.certificate));
    writeFileSync(at('edited.json'), certificateText({ ...certification.certificate, runId: 'other' }));
  });

  it('accepts what was signed, and says what it certifies', async () => {
    const verified = await conformance('verify', at('signed.json'), '--public-key', publicKey);
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^valid: https:\/\/staging[\s\S]*byok/) });
  });

  it.each<[string, readonly string[], number, string]>([
    ['an edited certificate', [at('edited.json')], 1, 'rejected: its signature does not fit'],
    ['what is none', [at('config.json')], 1, 'rejected: it is no certificate'],
    [
      'another key',
      [at('signed.json'), '--public-key', at('other/certificate-key.pub.pem')],
      1,
      'another key signed it',
    ],
    ['a file that is not there', [at('nowhere.json')], 2, 'cannot read'],
    ['a key that is not there', [at('signed.json'), '--public-key', at('nowhere.pem')], 2, 'cannot read'],
  ])('says what is wrong with %s', async (_, args, code, words) => {
    const verified = await conformance('verify', ...args);
    expect(verified.code).toBe(code);
    expect(verified.stdout + verified.stderr).toContain(words);
  });

  it('answers JSON', async () => {
    const verified = await conformance('verify', at('edited.json'), '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ kind: 'rejected' });
  });
});
