import { withEmptyFolder } from './accounts.ts';
import { type Report, ratios } from './figures.ts';
import { sendLoad } from './load.ts';
import { portkeyVersion } from './participants/peers.ts';
import { type Participant, startParticipant } from './participants/process.ts';
import { takeTurns } from './turns.ts';
import { questionFor, type Shape, SLOW_MS } from './workload.ts';

export interface ProxyBench {
  /** Buffered calls a round, at 50 connections. Of other loads, so many that they take about as long, or less. */
  readonly requests: number;
  readonly rounds: number;
  /** Whether other gateways take part, where they are installed. */
  readonly peers: boolean;
}

interface Load {
  readonly shape: Shape;
  readonly connections: number;
  /** Calls a round, of those at 50 connections. */
  readonly share: number;
  /** Where the machine is at its limit, how long a call waits is about how many wait, and not shown. */
  readonly isAtItsLimit: boolean;
}

/** In this order: the first load of a shape warms up all participants. */
const LOADS: readonly Load[] = [
  { shape: 'buffered', connections: 50, share: 1, isAtItsLimit: true },
  { shape: 'buffered', connections: 10, share: 0.25, isAtItsLimit: true },
  { shape: 'buffered', connections: 1, share: 0.15, isAtItsLimit: false },
  { shape: 'streamed', connections: 10, share: 0.2, isAtItsLimit: false },
  { shape: 'streamed', connections: 50, share: 0.15, isAtItsLimit: true },
  { shape: 'streamed', connections: 1, share: 0.03, isAtItsLimit: false },
  { shape: 'slow', connections: 25, share: 0.2, isAtItsLimit: false },
];
const TITLES: Readonly<Record<Shape, string>> = {
  buffered: 'Buffered answers',
  streamed: 'Streams of 50 events',
  slow: `Answers that the provider takes ${SLOW_MS} ms for`,
};

/** So many that hardly anything is compiled any more: what a call costs in the first minute of a process is another figure. */
const WARM_UP_ROUNDS = 3;

/** What one participant came to in one round. */
interface Round {
  readonly cpuMicroseconds: number;
  readonly perSecond: number;
  readonly firstByteMs: number;
}

const PIPE = 'bare node:http pipe';
const DIRECT = 'direct, no proxy';

/**
 * Proxies side by side in one run, each in a process of its own in front of the same stub, taking turns round by round.
 * CPU per request, requests a second and, where the machine is not at its limit, what is added until the first byte comes; each
 * with its ratio to the bare pipe's in the same round.
 */
export async function benchProxy(bench: ProxyBench): Promise<readonly Report[]> {
  return withEmptyFolder(async (folder) => {
    const started: Participant[] = [];
    const start = async (...all: Parameters<typeof startParticipant>) => {
      const participant = await startParticipant(...all);
      started.push(participant);
      return participant;
    };
    try {
      const stub = await start(DIRECT, 'stub');
      const proxies = [
        await start(PIPE, 'pipe', [stub.origin]),
        await start('bare undici dispatch', 'undici', [stub.origin]),
        await start('rigkit, unmetered', 'unmetered', [stub.origin]),
        await start('rigkit/metering-proxy', 'mounted', [stub.origin, folder]),
        await start('rigkit serve', 'serve', [stub.origin, folder]),
      ];
      const portkey = bench.peers ? portkeyVersion() : undefined;
      if (portkey !== undefined) proxies.push(await start(`@portkey-ai/gateway ${portkey}`, 'portkey', [stub.origin]));
      if (portkey === undefined) {
        console.log('\nLeft out: @portkey-ai/gateway. To have it measured too: npm ci --prefix bench/peers');
      }
      const reports: Report[] = [];
      const warm = new Set<Shape>();
      for (const load of LOADS) {
        const warmUps = warm.has(load.shape) ? 1 : WARM_UP_ROUNDS;
        warm.add(load.shape);
        reports.push(await compare([stub, ...proxies], load, { rounds: bench.rounds, warmUps }, bench.requests));
      }
      return reports;
    } finally {
      await Promise.all(started.map((participant) => participant.close()));
    }
  });
}

async function compare(
  participants: readonly Participant[],
  load: Load,
  turns: Parameters<typeof takeTurns>[1],
  mostRequests: number,
): Promise<Report> {
  const { shape, connections, isAtItsLimit } = load;
  const requests = Math.ceil(mostRequests * load.share);
  const results = await takeTurns(participants, turns, (participant) => measure(participant, load, requests));
  const of = (name: string) => [...results].find(([participant]) => participant.name === name)?.[1] ?? [];
  const unit = shape === 'streamed' ? 'stream' : 'request';
  const added = (own: readonly Round[]) =>
    own.map(({ firstByteMs }, round) => firstByteMs - (of(DIRECT)[round]?.firstByteMs ?? Number.NaN));
  const cpu = (own: readonly Round[]) => own.map(({ cpuMicroseconds }) => cpuMicroseconds);
  return {
    title: `${TITLES[shape]}, ${connections} ${connections === 1 ? 'connection' : 'connections'}, ${turns.rounds} rounds of ${requests}`,
    columns: [
      { name: `CPU us a ${unit}` },
      { name: 'x the pipe', digits: 2 },
      ...(isAtItsLimit
        ? []
        : [
            { name: 'ms added to the first byte', digits: 2 },
            { name: "x the pipe's", digits: 2 },
          ]),
      { name: `${unit}s a second` },
    ],
    rows: [...results].map(([{ name }, own]) => {
      // What the stub spends is not what a proxy adds.
      const isProxy = name !== DIRECT;
      const only = (figures: readonly number[]) => (isProxy ? figures : []);
      const firstBytes = [only(added(own)), only(ratios(added(own), added(of(PIPE))))];
      return {
        name,
        figures: [
          only(cpu(own)),
          only(ratios(cpu(own), cpu(of(PIPE)))),
          ...(isAtItsLimit ? [] : firstBytes),
          own.map(({ perSecond }) => perSecond),
        ],
      };
    }),
  };
}

async function measure(participant: Participant, { shape, ...load }: Load, requests: number): Promise<Round> {
  const { origin, headers, name } = participant;
  const connections = Math.min(load.connections, requests);
  const before = await participant.figures();
  const { totalMs, firstByteMs } = await sendLoad({
    origin,
    headers,
    question: questionFor(shape),
    requests,
    connections,
  }).catch((error: Error) => {
    throw new Error(`${name}: ${error.message}`);
  });
  const after = await participant.figures();
  if (before.settled !== undefined && after.settled !== before.settled + requests) {
    throw new Error(`${name} charged ${(after.settled ?? 0) - before.settled} of ${requests} calls`);
  }
  return {
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / requests,
    perSecond: (requests / totalMs) * 1000,
    firstByteMs,
  };
}
