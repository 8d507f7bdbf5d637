import { withEmptyFolder } from './accounts.ts';
import { measureSpread, type Report } from './figures.ts';
import { sendLoad } from './load.ts';
import { type Participant, startParticipant } from './participants/process.ts';
import { questionFor } from './workload.ts';

export interface MemoryBench {
  /** Calls after which memory is read for the first time; it is read again after five and ten times as many. */
  readonly requests: number;
}

/** One in so many calls is a stream. */
const STREAM_EVERY = 5;
/** Each row is read so often, over the last tenth of its calls: what is in use swings with every collection. */
const READINGS = 5;

interface Reading {
  readonly residentMb: number;
  readonly heapMb: number;
}

/** What `rigkit serve` holds in memory after some calls, five times and ten times as many: a process that keeps nothing ends flat. */
export async function benchMemory({ requests }: MemoryBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const stub = await startParticipant('stub', 'stub');
    const serve = await startParticipant('rigkit serve', 'serve', [stub.origin, folder]);
    try {
      const tenths: (readonly Reading[])[] = [];
      for (let tenth = 0; tenth < 10; tenth += 1) tenths.push(await readAfter(serve, requests));
      const first = measureSpread((tenths[0] ?? []).map(({ residentMb }) => residentMb)).median;
      const report = {
        title: 'Memory of rigkit serve, buffered calls and streams, 50 connections',
        columns: [{ name: 'resident MB' }, { name: 'x the first', digits: 2 }, { name: 'heap in use, MB' }],
        rows: [1, 5, 10].map((tenth) => {
          const readings = tenths[tenth - 1] ?? [];
          const resident = readings.map(({ residentMb }) => residentMb);
          const heap = readings.map(({ heapMb }) => heapMb);
          const name = `after ${(requests * tenth).toLocaleString('en-US')}`;
          return { name, figures: [resident, resident.map((megabytes) => megabytes / first), heap] };
        }),
      };
      return [report];
    } finally {
      await Promise.all([serve.close(), stub.close()]);
    }
  });
}

/** Sends so many calls, and reads while the last of them come in. */
async function readAfter(serve: Participant, requests: number): Promise<readonly Reading[]> {
  const between = Math.max(1, Math.round(requests / 10 / READINGS));
  await sendMixed(serve, requests - between * READINGS);
  const readings: Reading[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) {
    await sendMixed(serve, between);
    const { residentBytes, heapBytes } = await serve.figures();
    readings.push({ residentMb: residentBytes / 1e6, heapMb: heapBytes / 1e6 });
  }
  return readings;
}

async function sendMixed({ origin, headers }: Participant, requests: number): Promise<void> {
  const streams = Math.ceil(requests / STREAM_EVERY);
  const call = (shape: 'buffered' | 'streamed', count: number, connections: number) =>
    sendLoad({ origin, headers, question: questionFor(shape), requests: count, connections });
  await Promise.all([call('buffered', requests - streams, 40), call('streamed', streams, 10)]);
}
