import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refused, type Reply } from './call.ts';
import { judge } from './judge.ts';
import { type Account, issueKey, type State } from './state.ts';

/** A platform that listens on a free port of this machine. */
export interface IndependentPlatform {
  /** With the base path. */
  readonly url: string;
  /** API keys of two accounts: one on the pro plan, one on the free plan. */
  readonly pro: string;
  readonly free: string;
  close(): Promise<void>;
}

/**
 * The control plane a second time, written from `spec/control-plane` alone: nothing but Node, all in memory, no AI
 * proxy, no workspace keys on creation, no rate limits. Whatever the conformance suite demands that this does not keep
 * is a habit of the reference platform, or a sentence that was overlooked here.
 */
export async function startIndependentPlatform(): Promise<IndependentPlatform> {
  const state: State = { workspaces: new Map(), keys: new Map() };
  const server = createServer(async (request, response) => {
    const { status, body, headers } = await replyTo(state, request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(`${JSON.stringify(body, null, 1)}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const keyOfNew = (plan: Account['plan']) => issueKey(state, { plan, ai: {} }, 'first').secret;
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    pro: keyOfNew('pro'),
    free: keyOfNew('free'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The body is read to its end before anything is refused, so that its sender receives the response. */
async function replyTo(state: State, request: IncomingMessage): Promise<Reply> {
  try {
    return judge(state, request, Buffer.concat(await request.toArray()));
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    return new Refused(500, 'internal_error', 'Our fault.').reply;
  }
}
