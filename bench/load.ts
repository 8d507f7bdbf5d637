import { Pool } from 'undici';
import { measureSpread } from './figures.ts';
import type { Question } from './workload.ts';

export interface Load {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly question: Question;
  readonly requests: number;
  /** So many are under way at any time, each on a connection of its own. */
  readonly connections: number;
}

export interface Taken {
  /** Until the last answer was there, in milliseconds. */
  readonly totalMs: number;
  /** From a question to the first byte of its answer's body: of the call in the middle. */
  readonly firstByteMs: number;
  /** The same, of the call that 99 of a hundred are quicker than. */
  readonly p99Ms: number;
}

/**
 * Sends the requests as fast as they are answered. Rejects at the first answer that is not whole: a participant that
 * refuses quickly must not look fast.
 */
export async function sendLoad({ origin, headers, question, requests, connections }: Load): Promise<Taken> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const { body } = question;
  const described = { 'content-type': 'application/json', 'content-length': String(body?.length) };
  const sent = body === undefined ? headers : { ...headers, ...described };
  const firstBytesMs: number[] = [];
  let left = requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      firstBytesMs.push(await call(pool, sent, question));
    }
  };
  const startedAt = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, worker));
    const totalMs = performance.now() - startedAt;
    const sorted = firstBytesMs.toSorted((a, b) => a - b);
    const p99Ms = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
    return { totalMs, firstByteMs: measureSpread(firstBytesMs).median, p99Ms };
  } finally {
    await pool.destroy();
  }
}

/** Resolves to the milliseconds until the first byte of the body. */
function call(pool: Pool, headers: Load['headers'], { path, method, body, endMark }: Question): Promise<number> {
  const startedAt = performance.now();
  let firstByteMs = Number.NaN;
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let status = 0;
    pool.dispatch(
      { path, method, headers, body: body ?? null },
      {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData(_controller, bytes) {
          if (pieces.length === 0) firstByteMs = performance.now() - startedAt;
          pieces.push(bytes);
        },
        onResponseEnd() {
          const answer = Buffer.concat(pieces);
          if (status === 200 && answer.includes(endMark)) resolve(firstByteMs);
          else reject(new Error(`status ${status}: ${answer.subarray(0, 300)}`));
        },
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}
