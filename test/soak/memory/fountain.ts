import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a caller of the fountain asks for, as the text of its message. */
export interface Wish {
  readonly chunks: number;
  /** Text in each chunk. */
  readonly chunkBytes: number;
  /** Between two chunks; 0 sends as fast as it is read. */
  readonly everyMs: number;
}

/** A provider that streams as many chat chunks as it is asked for, and no faster than they are read. */
export interface Fountain {
  /** As `RIGKIT_OPENAI_BASE_URL` takes it. */
  readonly baseUrl: string;
  /** The most streams that were open at the same time. */
  readonly mostAtOnce: number;
  close(): void;
}

/** What every stream reports to have used. */
export const FOUNTAIN_USAGE = { prompt_tokens: 1_000, completion_tokens: 2_000, total_tokens: 3_000 };

export async function startFountain(): Promise<Fountain> {
  let open = 0;
  let mostAtOnce = 0;
  const server = createServer(async (request, response) => {
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    response.once('close', () => {
      open -= 1;
    });
    await pour(await readWish(request), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get mostAtOnce() {
      return mostAtOnce;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readWish(request: IncomingMessage): Promise<Wish> {
  const body = JSON.parse(Buffer.concat(await request.toArray()).toString('utf8'));
  return JSON.parse(body.messages[0].content);
}

async function pour({ chunks, chunkBytes, everyMs }: Wish, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const frame = (choices: readonly object[], more: object = {}) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more })}\n\n`;
  const drop = frame([{ index: 0, delta: { content: 'x'.repeat(chunkBytes) }, finish_reason: null }], { usage: null });
  for (let sent = 0; sent < chunks && !response.destroyed; sent += 1) {
    if (everyMs > 0) await sleep(everyMs);
    if (!response.write(drop)) await drained(response);
  }
  response.write(frame([{ index: 0, delta: {}, finish_reason: 'stop' }], { usage: null }));
  response.end(`${frame([], { usage: FOUNTAIN_USAGE })}data: [DONE]\n\n`);
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settled = () => {
      response.off('drain', settled);
      response.off('close', settled);
      resolve();
    };
    response.once('drain', settled);
    response.once('close', settled);
  });
}
