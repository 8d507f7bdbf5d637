import type { Report } from './figures.ts';
import { withEmptyFolder } from './ground.ts';
import { sendLoad } from './load.ts';
import { type Participant, startParticipant } from './participants/process.ts';
import { questionFor } from './workload.ts';

export interface MemoryBench {
  /** Calls after which memory is read for the first time; it is read again after five and ten times as many. */
  readonly requests: number;
}

/** One in so many calls is a stream. */
const STREAM_EVERY = 5;

/** What `rigkit serve` holds in memory after some calls, five times and ten times as many: a process that keeps nothing ends flat. */
export async function benchMemory({ requests }: MemoryBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const stub = await startParticipant('stub', 'stub');
    const serve = await startParticipant('rigkit serve', 'serve', [stub.origin, folder]);
    try {
      const megabytes: number[] = [];
      for (let tenth = 0; tenth < 10; tenth += 1) {
        await sendMixed(serve, requests);
        megabytes.push((await serve.figures()).residentBytes / 1e6);
      }
      const at = (tenth: number) => megabytes[tenth - 1] ?? Number.NaN;
      const report = {
        title: 'Resident memory of rigkit serve, buffered calls and streams, 50 connections',
        columns: [{ name: 'MB' }, { name: 'x the first', digits: 2 }],
        rows: [1, 5, 10].map((tenth) => {
          const name = `after ${(requests * tenth).toLocaleString('en-US')}`;
          return { name, figures: [[at(tenth)], [at(tenth) / at(1)]] };
        }),
      };
      return [report];
    } finally {
      await Promise.all([serve.close(), stub.close()]);
    }
  });
}

async function sendMixed({ origin, headers }: Participant, requests: number): Promise<void> {
  const streams = Math.ceil(requests / STREAM_EVERY);
  const call = (shape: 'buffered' | 'streamed', count: number, connections: number) =>
    sendLoad({ origin, headers, question: questionFor(shape), requests: count, connections });
  await Promise.all([call('buffered', requests - streams, 40), call('streamed', streams, 10)]);
}
