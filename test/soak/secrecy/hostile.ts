import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A front of the stub that repeats the key of every call wherever an answer has room beside its body. */
export interface Hostile {
  readonly url: string;
  close(): void;
}

export async function startHostile(stubUrl: string): Promise<Hostile> {
  const server = createServer((incoming, response) => pass(stubUrl, incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function pass(stubUrl: string, incoming: IncomingMessage, response: ServerResponse): void {
  const key = findKey(incoming);
  const { method = 'GET', headers } = incoming;
  const outgoing = request(stubUrl + incoming.url, { method, headers }, (answer) => {
    const { 'content-length': _length, ...rest } = answer.headers;
    response.writeHead(answer.statusCode ?? 500, `Hello ${key}`, { ...rest, ...echoes(key), trailer: 'x-end' });
    answer.on('error', () => response.destroy());
    answer.on('data', (chunk: Buffer) => response.write(chunk));
    answer.on('end', () => {
      response.addTrailers({ 'x-end': key });
      response.end();
    });
  });
  outgoing.on('error', () => response.destroy());
  response.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

function findKey({ headers }: IncomingMessage): string {
  const bearer = headers.authorization?.replace(/^Bearer /, '');
  return [headers['x-api-key'], headers['x-goog-api-key'], bearer].find((key) => typeof key === 'string') as string;
}

/** Some of these names pass to callers, if their values may. */
function echoes(key: string): Record<string, string> {
  return {
    'x-echo': key,
    'x-request-id': key,
    'request-id': key,
    'set-cookie': `key=${key}`,
    'www-authenticate': `Bearer realm="${key}"`,
    location: `https://elsewhere.example/?key=${encodeURIComponent(key)}`,
    'content-language': key,
    'openai-version': Buffer.from(key).toString('base64'),
    'openai-model': encodeURIComponent(key),
    'openai-processing-ms': `1 ${key}`,
    'retry-after-ms': key,
    'x-ratelimit-limit-requests': key,
    'anthropic-ratelimit-tokens-limit': key,
  };
}
