import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface OperatorPagesOptions {
  readonly metrics: Pick<Metrics, 'scrape' | 'contentType'>;
  readonly readiness: () => Promise<Readiness>;
}

/** Answers a request for one of the pages, and leaves every other to `next`. */
export type OperatorPages = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void | Promise<void>;

const PLAIN = 'text/plain; charset=utf-8';

/**
 * `/metrics` for Prometheus; `/healthz`: the process answers; `/readyz`: send it work (503 while it does not want any).
 * Whoever reaches them sees the platform's totals, and nothing about any account: they ask for no credential.
 */
export function operatorPages({ metrics, readiness }: OperatorPagesOptions): OperatorPages {
  const pages = new Map<string, (response: ServerResponse) => Promise<void>>([
    ['/metrics', async (response) => send(response, 200, metrics.contentType, await metrics.scrape())],
    ['/healthz', async (response) => send(response, 200, PLAIN, 'ok\n')],
    [
      '/readyz',
      async (response) => {
        const said = await readiness();
        send(response, said === 'ready' ? 200 : 503, PLAIN, `${said}\n`);
      },
    ],
  ]);
  return async (request, response, next) => {
    const page = pages.get(request.url?.split('?', 1)[0] ?? '');
    if (page === undefined) return next();
    if (request.method === 'GET' || request.method === 'HEAD') return page(response);
    response.setHeader('Allow', 'GET, HEAD');
    send(response, 405, PLAIN, 'This path does not have that method.\n');
  };
}

/** As it is: a figure of a moment ago is of no use to anybody. */
function send(response: ServerResponse, status: number, mediaType: string, text: string): void {
  const length = Buffer.byteLength(text);
  response
    .writeHead(status, { 'Content-Type': mediaType, 'Content-Length': length, 'Cache-Control': 'no-store' })
    .end(text);
}
