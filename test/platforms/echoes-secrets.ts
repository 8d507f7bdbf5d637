import { Readable } from 'node:stream';
import { type FrontRequest, type FrontResponse, type Header, type Mutation, readText } from './message.ts';

/** Every way in which the front says a secret. */
const writings: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => secret.toUpperCase(),
  (secret) => encodeURIComponent(secret),
  (secret) => everyCharacter(secret, (code) => `%${code.toString(16).padStart(2, '0')}`),
  (secret) => everyCharacter(secret, (code) => `&#${code};`),
  inEscapes,
  (secret) => everyCharacter(secret, (code) => `\\\\u${code.toString(16).toUpperCase().padStart(4, '0')}`),
  (secret) => secret.replaceAll('-', '\\u002d').replaceAll('_', '\\u005f'),
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(secret).toString('base64url'),
  (secret) => Buffer.from(`user:${secret}:realm`).toString('base64'),
  (secret) => encodeURIComponent(Buffer.from(`u:${secret}`).toString('base64')),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
];

/** Requests that the suite builds on: they succeed, so that it goes on to send more secrets. */
const FAITHFUL =
  /^(POST \/workspaces|PUT \/workspaces\/[^/]+\/(ai-config|mode)|POST \/api-keys|GET \/users\/me\/(credits|ai-defaults)|GET \/capacity|GET \/v1\/models)$/;
/** Together they must fit into the headers of an answer. */
const MOST_TOLD = 8;

/**
 * Knows every secret that was sent to it or that the platform issued (they are added to `secrets`), and says them in
 * every answer: in headers, bodies, keys of JSON, errors, pages and streams.
 */
export function echoingSecrets(secrets: Set<string>): Mutation {
  let turn = 0;
  return async (sent, forward) => {
    learn(secrets, sent.body.toString());
    const answer = await forward(sent);
    const text = await readText(answer);
    learn(secrets, text);
    const told = [...secrets].slice(-MOST_TOLD);
    const route = `${sent.method} ${sent.path.split('?')[0]?.replace(/^\/api\/v1/, '')}`;
    if (FAITHFUL.test(route)) return faithfulAnswer(answer.status, text, told);
    turn += 1;
    return badAnswer(sent, told, turn);
  };
}

function faithfulAnswer(status: number, text: string, told: readonly string[]): FrontResponse {
  const json: unknown = JSON.parse(text === '' ? '{}' : text);
  return makeResponse(status, 'application/json', JSON.stringify({ ...Object(json), echo: everything(told) }), told);
}

function badAnswer({ method, path, headers }: FrontRequest, told: readonly string[], turn: number): FrontResponse {
  const said = everything(told);
  const kinds: readonly (readonly [number, string, string])[] = [
    [418, 'application/json', JSON.stringify({ error: { code: told[0], message: said }, ...asKeys(told) })],
    [500, 'text/html', `<h1>${said}</h1><script>"${said}"</script>`],
    // Escapes that no encoder would write: the document is put together by hand.
    [200, 'application/json', `{"said":["${told.map(inEscapes).join('","')}"]}`],
    [200, 'text/event-stream', told.map(inEvents).join('')],
    [502, 'text/plain', `${method} ${path} ${JSON.stringify(headers)} ${said}`],
  ];
  const [status, type, body] = kinds[turn % kinds.length] ?? [500, 'text/plain', said];
  return makeResponse(status, type, body, told);
}

function makeResponse(status: number, type: string, body: string, told: readonly string[]): FrontResponse {
  const [first = 'none', ...others] = told;
  const headers: readonly Header[] = [
    ['content-type', type],
    ['x-echo', others.join(' ')],
    ['x-said', everything([first])],
    [`x-${first}`, 'named'],
  ];
  return { status, headers, body: Readable.from([Buffer.from(body)]) };
}

function everything(told: readonly string[]): string {
  return told.flatMap((secret) => writings.map((write) => write(secret))).join(' ');
}

function asKeys(told: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(told.map((secret) => [secret, { [everything([secret])]: 1 }]));
}

/** Cut into pieces that are harmless each: as JSON, and as bare lines. */
function inEvents(secret: string): string {
  const pieces = secret.match(/.{1,6}/g) ?? [];
  const events = pieces.map((piece) => `data: ${JSON.stringify({ choices: [{ delta: { content: piece } }] })}\n\n`);
  return [...events, ...pieces.map((piece) => `data: ${piece}\n`), '\n'].join('');
}

/** Keys in the fields in which the contract sends and answers them. */
function learn(secrets: Set<string>, body: string): void {
  const keys = /"(?:(?:api_key|workspace_key)":"([^"\\\s]{12,200})|key":"(rb_[^"]+))"/g;
  for (const [, sent, issued] of body.matchAll(keys)) secrets.add(sent ?? issued ?? '');
}

function inEscapes(text: string): string {
  return everyCharacter(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`);
}

function everyCharacter(text: string, write: (code: number) => string): string {
  return Array.from(text, (letter) => write(letter.charCodeAt(0))).join('');
}
