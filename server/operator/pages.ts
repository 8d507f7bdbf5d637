import type { RequestHandler, Response } from 'express';
import { inTime, STORE_DEADLINE_MS } from './deadline.ts';
import type { Metrics } from './metrics.ts';

export interface OperatorPagesOptions {
  readonly metrics: Metrics;
  /** Rejects where the store cannot be asked. */
  readonly probeStore: () => Promise<unknown>;
  /** How long that may take. Default 2,000. */
  readonly storeTimeoutMs?: number;
  /** Whether the platform takes no new work any more. */
  readonly isClosing: () => boolean;
}

/** `ready`, or the one thing that stands in the way. */
type Readiness = 'ready' | 'closing' | 'the store does not answer';

const PLAIN = 'text/plain; charset=utf-8';

/**
 * `/metrics` for Prometheus; `/healthz`: the process answers; `/readyz`: send it work (503 while it does not want any).
 * Whoever reaches them sees the platform's totals, and nothing about any account: they ask for no credential.
 */
export function operatorPages(options: OperatorPagesOptions): RequestHandler {
  const { metrics } = options;
  const pages = new Map<string, (response: Response) => Promise<void>>([
    ['/metrics', async (response) => send(response, 200, metrics.contentType, await metrics.scrape())],
    ['/healthz', async (response) => send(response, 200, PLAIN, 'ok\n')],
    [
      '/readyz',
      async (response) => {
        const readiness = await readinessOf(options);
        send(response, readiness === 'ready' ? 200 : 503, PLAIN, `${readiness}\n`);
      },
    ],
  ]);
  return async (request, response, next) => {
    const page = pages.get(request.path);
    if (page === undefined) return next();
    if (request.method === 'GET' || request.method === 'HEAD') return page(response);
    response.set('Allow', 'GET, HEAD');
    send(response, 405, PLAIN, 'This path does not have that method.\n');
  };
}

async function readinessOf(options: OperatorPagesOptions): Promise<Readiness> {
  const { isClosing, probeStore, storeTimeoutMs = STORE_DEADLINE_MS } = options;
  if (isClosing()) return 'closing';
  try {
    await inTime(probeStore(), storeTimeoutMs);
    return 'ready';
  } catch {
    return 'the store does not answer';
  }
}

/** As it is: a figure of a moment ago is of no use to anybody. */
function send(response: Response, status: number, mediaType: string, text: string): void {
  response.status(status).set({ 'Content-Type': mediaType, 'Cache-Control': 'no-store' }).send(text);
}
