import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';
import type { Front } from './front.ts';

/** Every way in which the front says a secret. */
const writings: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => secret.toUpperCase(),
  (secret) => encodeURIComponent(secret),
  (secret) => everyCharacter(secret, (code) => `%${code.toString(16).padStart(2, '0')}`),
  (secret) => everyCharacter(secret, (code) => `&#${code};`),
  (secret) => everyCharacter(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
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
  /^(POST \/workspaces|PUT \/workspaces\/[^/]+\/(ai-config|mode)|POST \/api-keys|GET \/users\/me\/(credits|ai-defaults)|GET \/capacity)$/;
/** Together they must fit into the headers of an answer. */
const MOST_TOLD = 8;

/**
 * A front before a good platform that knows every secret it was sent or that the platform issued (they are added to
 * `secrets`), and says them in every answer: in headers, bodies, keys of JSON, errors, pages and streams.
 */
export async function startEchoingFront(target: string, secrets: Set<string>): Promise<Front> {
  const { origin, pathname } = new URL(target);
  let turn = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = (await buffer(incoming)).toString();
    learn(secrets, body);
    const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
    const answer = await request(origin + incoming.url, {
      method: incoming.method as 'GET',
      headers,
      body: body === '' ? null : body,
    });
    const text = await answer.body.text();
    learn(secrets, text);
    const told = [...secrets].slice(-MOST_TOLD);
    const route = `${incoming.method} ${incoming.url?.split('?')[0]?.replace(pathname, '/').replace('//', '/')}`;
    if (FAITHFUL.test(route)) return answerFaithfully(outgoing, answer.statusCode, text, told);
    turn += 1;
    answerBadly(incoming, outgoing, told, turn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerFaithfully(outgoing: ServerResponse, status: number, text: string, told: readonly string[]): void {
  const json: unknown = JSON.parse(text === '' ? '{}' : text);
  outgoing.writeHead(status, { ...echoHeaders(told), 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ ...Object(json), echo: everything(told) }));
}

function answerBadly(incoming: IncomingMessage, outgoing: ServerResponse, told: readonly string[], turn: number): void {
  const said = everything(told);
  const kinds: readonly (readonly [number, string, string])[] = [
    [418, 'application/json', JSON.stringify({ error: { code: told[0], message: said }, ...asKeys(told) })],
    [500, 'text/html', `<h1>${said}</h1><script>"${said}"</script>`],
    // Escapes that no encoder would write: the document is put together by hand.
    [200, 'application/json', `{"said":["${told.map((secret) => writings[5]?.(secret)).join('","')}"]}`],
    [200, 'text/event-stream', told.map(inEvents).join('')],
    [502, 'text/plain', `${incoming.method} ${incoming.url} ${JSON.stringify(incoming.headers)} ${said}`],
  ];
  const [status, type, body] = kinds[turn % kinds.length] ?? [500, 'text/plain', said];
  outgoing.writeHead(status, { ...echoHeaders(told), 'content-type': type });
  outgoing.end(body);
}

function everything(told: readonly string[]): string {
  return told.flatMap((secret) => writings.map((write) => write(secret))).join(' ');
}

function echoHeaders(told: readonly string[]): Record<string, string> {
  const [first = 'none', ...others] = told;
  return { 'x-echo': others.join(' '), 'x-said': everything([first]), [`x-${first}`]: 'named' };
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

function everyCharacter(text: string, write: (code: number) => string): string {
  return Array.from(text, (letter) => write(letter.charCodeAt(0))).join('');
}
