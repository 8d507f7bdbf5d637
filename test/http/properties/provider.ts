import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bench } from './bench.ts';

/** A provider that does what no script of the stub says, until the end of the scenario. Returns its origin. */
export async function startProvider(bench: Bench, listener: RequestListener): Promise<string> {
  const { url, close } = await listen(listener);
  bench.onEnd(close);
  return url;
}

/** An origin where no server listens. */
export async function deserted(): Promise<string> {
  const { url, close } = await listen(() => {});
  close();
  return url;
}

export interface WaitingRoom {
  /** What the proxy needs to know of it. */
  readonly providers: { readonly openai: { readonly baseUrl: string; readonly apiKey: string } };
  /** Calls that came and are not answered yet. */
  readonly waiting: readonly ServerResponse[];
  answerAll(): void;
}

/** A provider where calls wait until they are answered all at once: so long their holds stay open. */
export async function openWaitingRoom(bench: Bench): Promise<WaitingRoom> {
  const waiting: ServerResponse[] = [];
  const url = await startProvider(bench, (_request, response) => waiting.push(response));
  return {
    providers: { openai: { baseUrl: `${url}/v1`, apiKey: 'sk-platform' } },
    waiting,
    answerAll() {
      for (const response of waiting.splice(0)) response.end('{"usage":{"prompt_tokens":9,"completion_tokens":5}}');
    },
  };
}

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
