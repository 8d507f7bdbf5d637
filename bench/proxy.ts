import { showSpread, spreadOf, table } from './figures.ts';
import { withEmptyFolder } from './ground.ts';
import { sendLoad } from './load.ts';
import { portkeyVersion } from './participants/peers.ts';
import { type Participant, startParticipant } from './participants/process.ts';
import { questionFor, type Shape } from './workload.ts';

export interface ProxyBench {
  /** Buffered calls a round. */
  readonly requests: number;
  /** Streamed calls a round. */
  readonly streams: number;
  readonly rounds: number;
  /** Whether other gateways take part, where they are installed. */
  readonly peers: boolean;
}

const CONNECTIONS: Readonly<Record<Shape, number>> = { buffered: 50, streamed: 10 };

/** So many that hardly anything is compiled any more: what a call costs in the first minute of a process is another figure. */
const WARM_UP_ROUNDS = 3;

/** What one participant came to in one round. */
interface Round {
  readonly cpuMicroseconds: number;
  readonly perSecond: number;
}

const PIPE = 'bare node:http pipe';
const DIRECT = 'direct, no proxy';

/**
 * Proxies side by side in one run, each in a process of its own in front of the same stub, taking turns round by round.
 * Prints CPU per request and its ratio to the bare pipe's in the same round.
 */
export async function benchProxy(bench: ProxyBench): Promise<void> {
  await withEmptyFolder(async (folder) => {
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
        await start('rigkit, unmetered', 'unmetered', [stub.origin]),
        await start('rigkit/metering-proxy', 'mounted', [stub.origin, folder]),
        await start('rigkit serve', 'serve', [stub.origin, folder]),
      ];
      const portkey = bench.peers ? portkeyVersion() : undefined;
      if (portkey !== undefined) proxies.push(await start(`@portkey-ai/gateway ${portkey}`, 'portkey', [stub.origin]));
      for (const shape of ['buffered', 'streamed'] as const) {
        console.log(`\n${await compare([stub, ...proxies], shape, bench)}`);
      }
      if (portkey === undefined) {
        console.log('\nLeft out: @portkey-ai/gateway. To have it measured too: npm ci --prefix bench/peers');
      }
    } finally {
      await Promise.all(started.map((participant) => participant.close()));
    }
  });
}

async function compare(participants: readonly Participant[], shape: Shape, bench: ProxyBench): Promise<string> {
  const requests = shape === 'buffered' ? bench.requests : bench.streams;
  const results = new Map<Participant, Round[]>(participants.map((participant) => [participant, []]));
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    for (const participant of participants) await measure(participant, shape, requests);
  }
  for (let round = 0; round < bench.rounds; round += 1) {
    // Nobody is always the first.
    const order = [
      ...participants.slice(round % participants.length),
      ...participants.slice(0, round % participants.length),
    ];
    for (const participant of order) results.get(participant)?.push(await measure(participant, shape, requests));
  }
  return report(results, shape, requests, bench.rounds);
}

async function measure(participant: Participant, shape: Shape, requests: number): Promise<Round> {
  const { origin, headers, name } = participant;
  const connections = Math.min(CONNECTIONS[shape], requests);
  const before = await participant.figures();
  const tookMs = await sendLoad({ origin, headers, question: questionFor(shape), requests, connections }).catch(
    (error: Error) => {
      throw new Error(`${name}: ${error.message}`);
    },
  );
  const after = await participant.figures();
  if (before.settled !== undefined && after.settled !== before.settled + requests) {
    throw new Error(`${name} charged ${(after.settled ?? 0) - before.settled} of ${requests} calls`);
  }
  return {
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / requests,
    perSecond: (requests / tookMs) * 1000,
  };
}

function report(results: ReadonlyMap<Participant, readonly Round[]>, shape: Shape, requests: number, rounds: number) {
  const pipe = [...results].find(([{ name }]) => name === PIPE)?.[1] ?? [];
  const rows = [...results].map(([{ name }, own]) => {
    const cpu = own.map((round) => round.cpuMicroseconds);
    const ratios = cpu.map((figure, round) => figure / (pipe[round]?.cpuMicroseconds ?? Number.NaN));
    const perSecond = showSpread(spreadOf(own.map((round) => round.perSecond)));
    // What the stub spends is not what a proxy adds.
    if (name === DIRECT) return [name, '', '', perSecond];
    return [name, showSpread(spreadOf(cpu)), showSpread(spreadOf(ratios), 2), perSecond];
  });
  const what = shape === 'buffered' ? 'Buffered answers' : 'Streams of 50 events';
  const unit = shape === 'buffered' ? 'request' : 'stream';
  const head = [`median (least..most)`, `CPU us a ${unit}`, 'x the pipe', `${unit}s a second`];
  return `${what}, ${CONNECTIONS[shape]} connections, ${rounds} rounds of ${requests}\n\n${table(head, rows)}`;
}
