import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformanceFile } from '../../../cli/sandbox/start-sandbox.ts';
import { reportFiles } from '../../../conformance/index.ts';
import { type Finished, run } from '../../harness/processes.ts';
import { startTestSandbox } from '../../harness/sandbox.ts';
import { echoingSecrets } from '../../platforms/echoes-secrets.ts';
import { startFront } from '../../platforms/front.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-secrecy-'));
const reports = join(folder, 'reports');
/** Keys of the configuration, canary keys, and keys that the platform issued. */
const secrets = new Set<string>();
let finished: Finished;
beforeAll(async () => {
  const sandbox = await startTestSandbox();
  const config = JSON.parse(readFileSync(conformanceFile(sandbox.dataDir), 'utf8'));
  for (const { apiKey, proxyHeaders } of Object.values<Account>(config.accounts)) {
    secrets.add(apiKey).add(proxyHeaders.Authorization.replace('Bearer ', ''));
  }
  for (const key of Object.values<string>(config.providerKeys)) secrets.add(key);
  const echo = echoingSecrets(secrets);
  const controlPlane = await startFront(sandbox.control_plane, echo);
  const proxy = await startFront(sandbox.proxy, echo);
  const hostile = { ...config, controlPlane: { baseUrl: controlPlane.url }, proxy: { baseUrl: proxy.url } };
  const file = join(folder, 'hostile.json');
  writeFileSync(file, JSON.stringify(hostile));
  const keys = await run(process.execPath, ['cli/main.ts', 'conformance', 'keygen', '--out', folder]);
  expect(keys.code).toBe(0);
  const certify = ['--certify', '--key', join(folder, 'certificate-key.pem')];
  const command = ['cli/main.ts', 'conformance', '--config', file, '--report-dir', reports, ...certify];
  const env = { GITHUB_STEP_SUMMARY: join(reports, 'step.md') };
  finished = await run(process.execPath, [...command, '--step-summary'], { env });
  await Promise.all([controlPlane.close(), proxy.close()]);
  await sandbox.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Account {
  readonly apiKey: string;
  readonly proxyHeaders: { readonly Authorization: string };
}

/** A text with its escapes decoded, as often as there are any. */
function decodeEscapes(text: string): string {
  const once = text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/&(?:amp;)*#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)))
    .replaceAll('&amp;', '&');
  return once === text ? text : decodeEscapes(once);
}

/** Where a secret stands: as itself, in hex, or in base64 from any of three places, of which the middle is enough. */
function spellings(secret: string): readonly string[] {
  const encoded = [0, 1, 2].map((offset) => Buffer.from(`${'x'.repeat(offset)}${secret}`).toString('base64'));
  return [
    secret.toLowerCase(),
    Buffer.from(secret).toString('hex'),
    ...encoded.flatMap((text) => [text.slice(4, -4), text.slice(4, -4).replaceAll('+', '-').replaceAll('/', '_')]),
  ];
}

function secretsIn(text: string): readonly string[] {
  const read = decodeEscapes(text);
  const texts = [read, read.toLowerCase(), read.replace(/\s+(data: )?/g, '')];
  return [...secrets].filter((secret) => spellings(secret).some((form) => texts.some((place) => place.includes(form))));
}

describe('rigkit conformance against a platform that echoes every secret', () => {
  it('has sent, and been told, keys of every kind', () => {
    expect(finished.code, finished.stderr).toBe(1);
    for (const kind of [/^sk-canary-/, /^sk-ant-canary-/, /^AIzaCanary/]) {
      expect([...secrets].filter((secret) => kind.test(secret)).length).toBeGreaterThan(0);
    }
    expect(secrets.size).toBeGreaterThan(20);
  });

  it('leaves none in any artefact', () => {
    const files = readdirSync(reports);
    expect(files.sort()).toEqual([...reportFiles, 'step.md'].sort());
    const leaks = files.map((name) => [name, secretsIn(readFileSync(join(reports, name), 'utf8'))]);
    expect(Object.fromEntries(leaks)).toEqual(Object.fromEntries(files.map((name) => [name, []])));
    expect(readFileSync(join(reports, 'report.json'), 'utf8')).toContain('[redacted CANARY_OPENAI_KEY]');
  });

  it('prints none', () => {
    expect(secretsIn(finished.stdout)).toEqual([]);
    expect(secretsIn(finished.stderr)).toEqual([]);
    expect(finished.stdout).toContain('[redacted ');
  });

  it('would have found one in any of its forms', () => {
    const [secret = ''] = secrets;
    const forms = [secret, encodeURIComponent(secret), Buffer.from(`a${secret}`).toString('base64url')];
    for (const form of [...forms, `\\u00${Buffer.from(secret).toString('hex').match(/../g)?.join('\\u00')}`]) {
      expect(secretsIn(`before ${form} after`)).toEqual([secret]);
    }
  });
});
