/** How long the store may take to answer an operator: less than the ten seconds after which Prometheus gives up. */
export const STORE_DEADLINE_MS = 2_000;

/** What `work` comes to, if that is in time; else a rejection. The work itself goes on. */
export async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
