import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../checks/check.ts';
import type { FakeHandler } from '../fixtures/fake-platform.ts';
import { HOSTILE_TEXTS, UNSHOWN } from '../fixtures/hostile.ts';
import { parseTree } from '../fixtures/markup-tree.ts';
import { makeCheck } from '../fixtures/requirements.ts';
import { closePlatforms, platform, runChecks } from '../fixtures/suite-runs.ts';
import { Unverified } from '../http/errors.ts';
import { writings } from '../http/secrets.ts';
import { wantEqual, wantStatus, wantThat } from '../http/want.ts';
import { reportFiles, writeReports } from './report-files.ts';
import { renderTerminalText } from './text.ts';

const SECRETS = {
  funded: 'rb_funded_Q7x!A2"9z',
  workspace: 'rb_ws_Zk3&m8<Lw4>Pq',
  provider: "sk-provider-Yt6'Rn1+Vb5/=",
  issued: 'rb_issued_Hd2Jf7Ks9Gp4',
};
const secrets = Object.values(SECRETS);

const inEscapes = (text: string) =>
  Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const everyWriting = secrets.flatMap((secret) => [
  ...writings(secret).map(([text]) => text),
  Buffer.from(`user:${secret}`).toString('base64'),
]);
const shouted = everyWriting.map((text) => `${text} <b onclick="x('${text}')"> \`${text}\``).join('\n');
const event = (content: string) => `data: ${JSON.stringify({ delta: content })}\n\n`;

/** Answers every secret in every place there is, amid what is meant to break reports. */
const echo: FakeHandler = (request, response) => {
  const said = [request.bodyText, JSON.stringify(request.headers), shouted, ...HOSTILE_TEXTS].join('\n');
  const path = request.url ?? '';
  const headers = {
    'x-echo': everyWriting.map((text) => encodeURIComponent(text) && text.replace(/[^\x20-\x7e]/g, '')).join(' '),
    [`x-${SECRETS.issued}`]: 'x',
  };
  if (path.includes('html')) return void response.writeHead(500, { ...headers, 'content-type': 'text/html' }).end(said);
  if (path.includes('stream')) {
    const cut = secrets.flatMap((secret) => [event(secret.slice(0, 7)), event(secret.slice(7))]);
    return void response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' }).end(cut.join(''));
  }
  if (path.includes('escapes')) {
    const escaped = `{"a":["${secrets.map(inEscapes).join(' ')}"]}`;
    return void response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(escaped);
  }
  return { status: 418, json: { said, key: SECRETS.issued, nested: { [SECRETS.workspace]: said } }, headers };
};

const asks = (id: string, path: string): Check =>
  makeCheck(id, [], async ({ funded }) => wantStatus(await funded.post(path, { secrets, said: shouted }), 299));

/** What a check itself may say: values of the answer, uncut and cut at any place. */
const checks: readonly Check[] = [
  makeCheck('TST-001', [], async ({ funded }) => wantStatus(await funded.post('/learn', {}), 299)),
  asks('TST-002', '/html'),
  asks('TST-003', '/stream'),
  asks('TST-004', '/escapes'),
  makeCheck('TST-005', [], async () => wantEqual('the text', shouted, secrets)),
  makeCheck('TST-006', [], async () => wantThat(false, `no ${shouted}`, HOSTILE_TEXTS.join(' '))),
  makeCheck('TST-007', [], async () => {
    throw new Error(shouted);
  }),
  makeCheck('TST-008', [], async () => {
    throw new Unverified(`${shouted}${HOSTILE_TEXTS.join('')}`);
  }),
  makeCheck('TST-009', [], async ({ cleanUp }) => cleanUp(shouted, () => Promise.reject(new Error(shouted)))),
  ...Array.from({ length: 30 }, (_, index) =>
    makeCheck(`TST-1${String(index).padStart(2, '0')}`, [], async () =>
      wantEqual('it', `${'.'.repeat(580 + index)}${SECRETS.provider}`, 'nothing'),
    ),
  ),
];

let folder: string;
const artefacts = new Map<string, string>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rigkit-hostile-'));
  const { config } = await platform({
    '*': (request, response) =>
      request.url?.endsWith('/users/me/credits') ? { status: 200, json: {} } : echo(request, response),
  });
  const target = {
    config: {
      ...config,
      accounts: {
        funded: { apiKey: SECRETS.funded, proxyHeaders: { authorization: `Bearer ${SECRETS.workspace}` } },
      },
      providerKeys: { openai: SECRETS.provider },
    },
  };
  // The reason of a known failure may contain a pasted secret.
  const baseline = [{ id: 'TST-002', reason: `seen with ${SECRETS.funded}`, expires: '2999-12-31' }];
  const report = await runChecks(target, checks, { baseline: { schemaVersion: 1, entries: baseline } });
  for (const path of await writeReports(report, folder))
    artefacts.set(path.slice(folder.length + 1), await readFile(path, 'utf8'));
  artefacts.set('the terminal', renderTerminalText(report));
});
afterAll(async () => {
  await closePlatforms();
  await rm(folder, { recursive: true });
});

/** Cut anywhere, a secret still leaves a piece of this length. */
const PIECE = 8;
const pieces = secrets.flatMap((secret) =>
  Array.from({ length: secret.length - PIECE + 1 }, (_, at) => secret.slice(at, at + PIECE)),
);
const common = ['rb_funded', 'rb_issued', 'sk-provider'];

describe('a hostile platform that echoes every secret and all kinds of markup', () => {
  it('was heard: the reports show its answers, with names in the place of secrets', () => {
    expect([...artefacts.keys()]).toEqual([...reportFiles, 'the terminal']);
    const json = artefacts.get('report.json') ?? '';
    for (const name of [
      'RIGKIT_FUNDED_API_KEY',
      'RIGKIT_FUNDED_PROXY_CREDENTIAL',
      'RIGKIT_OPENAI_API_KEY',
      'ISSUED_KEY',
    ]) {
      expect(json).toContain(`[redacted ${name}]`);
    }
    expect(json).toContain('onerror=alert(1)');
  });

  it.each([...reportFiles, 'the terminal'])('leaves no secret and no piece of one in %s', (name) => {
    const text = artefacts.get(name) ?? '';
    const left = [...everyWriting, ...pieces].filter((piece) => text.includes(piece));
    expect(left.filter((piece) => !common.some((word) => word.includes(piece)))).toEqual([]);
  });

  it.each(['report.html', 'badge.svg'])('adds no element that runs or loads anything to %s', (name) => {
    const { elements, attributes } = parseTree(artefacts.get(name) ?? '');
    expect(
      elements.filter((element) => /^(script|img|iframe|object|foreignObject|b|a:.*|link)$/.test(element)),
    ).toEqual([]);
    expect(attributes.filter((attribute) => /^(on\w+|src|style)=|javascript:/i.test(attribute))).toEqual([]);
  });

  it.each([...reportFiles, 'the terminal'])('steers no terminal by %s', (name) => {
    expect(artefacts.get(name)).not.toMatch(UNSHOWN);
  });
});
