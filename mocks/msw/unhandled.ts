/** What Mock Service Worker tells of a request that no handler answers. */
export interface UnhandledFrame {
  readonly frame: { readonly data: unknown };
  readonly defaults: { error(): void };
}

/**
 * Fails requests for an API that no handler answers, such as one with a misspelt path, and lets everything else pass:
 * pages, scripts and other hosts are none of the mock's business.
 */
export function failBelow(bases: readonly string[]): (unhandled: UnhandledFrame) => void {
  return ({ frame: { data }, defaults }) => {
    const url = urlOf(data);
    if (url !== undefined && bases.some((base) => isBelow(base, url))) defaults.error();
  };
}

function isBelow(base: string, url: string): boolean {
  return (base.startsWith('/') ? new URL(url).pathname : url).startsWith(`${base}/`);
}

function urlOf(data: unknown): string | undefined {
  const { request } = { ...(data as { request?: unknown }) };
  return request instanceof Request ? request.url : undefined;
}
