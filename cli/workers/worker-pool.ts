import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { Logger } from '../../server/http/log.ts';
import type { PlatformUrls } from '../../server/index.ts';
import type { WorkerListens } from './worker.ts';

/** The worker processes of one `rigkit serve`: always as many as were asked for. */
export interface WorkerPool {
  readonly urls: PlatformUrls;
  isStopping(): boolean;
  /** Has every worker finish what is under way, and waits for the last. Idempotent. */
  stop(): Promise<void>;
}

/** A worker ended before it listened. It has said why; its exit code says whether the settings are wrong. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed';
  readonly exitCode: number;
  constructor(end: number | NodeJS.Signals) {
    super(`a worker ended with ${end} before it listened`);
    this.exitCode = typeof end === 'number' && end !== 0 ? end : 1;
  }
}

/** A worker process, as the process sees it that started it. */
interface Member {
  readonly pid: number | undefined;
  /** When it listens; never, where it ends before that. */
  readonly listening: Promise<PlatformUrls>;
  /** How it ended: an exit code, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Has it finish what is under way, and end. */
  stop(): void;
}

/**
 * Starts the workers. The first goes ahead of the others: it brings the schema up to date, and what stands in the way of all
 * of them is said once. Rejects with a WorkerFailed where one does not get to listen; one that ends later is replaced.
 */
export async function startWorkerPool(size: number, logger: Logger): Promise<WorkerPool> {
  // Workers accept for themselves: a connection that is being handed to one that is killed would hang.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  new RateLimiterClusterMaster();
  const members = new Set<Member>();
  const stopping = new AbortController();
  let diedYoung = 0;

  function startMember(): Member {
    const member = forkMember();
    members.add(member);
    member.ended.then(() => members.delete(member));
    member.listening.then(() => logger.info({ workerPid: member.pid }, 'a worker listens'));
    return member;
  }

  /** Keeps one place filled until the pool stops. */
  async function keep(first: Member): Promise<void> {
    for (let member = first; ; member = startMember()) {
      const startedAt = performance.now();
      const end = await member.ended;
      if (stopping.signal.aborted) return;
      diedYoung = isYoung(performance.now() - startedAt) ? diedYoung + 1 : 0;
      const delayMs = restartDelayMs(Math.max(0, diedYoung - 1));
      logger.error({ workerPid: member.pid, end, delayMs }, 'a worker ended: another one takes its place');
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
    }
  }

  let places: Promise<unknown> = Promise.resolve();
  async function stop(): Promise<void> {
    stopping.abort();
    const ends = [...members].map((member) => member.ended);
    for (const member of members) member.stop();
    await Promise.all([places, ...ends]);
  }

  try {
    const [leader, urls] = await untilListening(startMember());
    const others = Array.from({ length: size - 1 }, startMember);
    await Promise.all(others.map(untilListening));
    places = Promise.all([leader, ...others].map(keep));
    return { urls, isStopping: () => stopping.signal.aborted, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts one more of this same program. */
function forkMember(): Member {
  const worker = cluster.fork();
  const listening = Promise.withResolvers<PlatformUrls>();
  const ended = Promise.withResolvers<number | NodeJS.Signals>();
  worker.on('exit', (code: number | null, signal: NodeJS.Signals) => ended.resolve(code ?? signal));
  worker.on('error', () => ended.resolve(1));
  worker.on('message', (message: WorkerListens | { readonly kind?: undefined }) => {
    if (message.kind === 'listening') listening.resolve(message.urls);
  });
  return {
    pid: worker.process.pid,
    listening: listening.promise,
    ended: ended.promise,
    stop: () => worker.process.kill('SIGTERM'),
  };
}

async function untilListening(member: Member): Promise<[Member, PlatformUrls]> {
  const failed = member.ended.then((end) => Promise.reject(new WorkerFailed(end)));
  return [member, await Promise.race([member.listening, failed])];
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;
/** What ended a worker that lived this long has nothing to do with what ended those before it. */
const SOUND_AFTER_MS = 60_000;

/** How long to wait before a worker is replaced, when so many in a row before it died young. */
export function restartDelayMs(diedYoung: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** diedYoung, LONGEST_DELAY_MS);
}

export function isYoung(livedMs: number): boolean {
  return livedMs < SOUND_AFTER_MS;
}
