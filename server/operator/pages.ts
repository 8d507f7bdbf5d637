import type { IncomingMessage, ServerResponse } from 'node:http';
import { inTime, STORE_DEADLINE_MS } from './deadline.ts';
import type { Metrics } from './metrics.ts';

/** `ready`, or the one thing that stands in the way. */
export type Readiness = 'ready' | 'closing' | 'the store does not answer';

export interface ReadinessOptions {
  /** Rejects where the store cannot be asked. */
  readonly probeStore: () => Promise<unknown>;
  /** How long that may take. Default 2,000. */
  readonly storeTimeoutMs?: number;
  /** Whether the platform does not take new work any more. */
  readonly isClosing: () => boolean;
}

/** Whether a process wants work. */
export async function checkReadiness(options: ReadinessOptions): Promise<Readiness> {
  const { isClosing, probeStore, storeTimeoutMs = STORE_DEADLINE_MS } = options;
  if (isClosing()) return 'closing';
  try {
    await inTime(probeStore(), storeTimeoutMs);
    return 'ready';
  } catch {
    return 'the store does not answer';
  }
}

export interface OperatorPagesOptions {
  readonly metrics: Pick<Metrics, 'scrape' | 'contentType'>;
  readonly readiness: () => Promise<Readiness>;
}

/** Serves the pages, and leaves every other request to `next`. */
export type OperatorPages = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void | Promise<void>;

const PLAIN = 'text/plain; charset=utf-8';

/**
 * `/metrics` for Prometheus; `/healthz`: the process answers; `/readyz`: send it work (503 while it does not want any).
 * They ask for no credential: they show the platform's totals, and nothing about any account.
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

/** Never from a cache: only the figure of now is of use. */
function send(response: ServerResponse, status: number, mediaType: string, text: string): void {
  const length = Buffer.byteLength(text);
  response
    .writeHead(status, { 'Content-Type': mediaType, 'Content-Length': length, 'Cache-Control': 'no-store' })
    .end(text);
}
