import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../server/http/log.ts';
import { createRateCounter } from '../../server/http/rate-limits.ts';
import type { PlatformUrls } from '../../server/index.ts';
import { type Member, startMember } from './member.ts';
import { isYoung, restartDelayMs } from './restart-delay.ts';

/** The worker processes of one `rigkit serve`: so many, whatever becomes of each. */
export interface Crew {
  readonly urls: PlatformUrls;
  readonly members: ReadonlySet<Member>;
  isStopping(): boolean;
  /** Has every worker finish what is under way, and waits for the last. Idempotent. */
  stop(): Promise<void>;
}

/** A worker ended before it listened. It has said why itself; its exit code says whose fault it is. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed';
  readonly exitCode: number;
  constructor(end: number | NodeJS.Signals) {
    super(`a worker ended with ${end} before it listened`);
    this.exitCode = typeof end === 'number' && end !== 0 ? end : 1;
  }
}

/**
 * Starts the workers. The first goes ahead of the others: it brings the schema up to date, and what stands in the way of
 * all of them is said once. Rejects with a WorkerFailed where one does not get to listen; one that ends later is replaced.
 */
export async function startCrew(size: number, logger: Logger): Promise<Crew> {
  const rateCounter = createRateCounter();
  const members = new Set<Member>();
  const stopping = new AbortController();
  let diedYoung = 0;

  function enlist(): Member {
    const member = startMember(rateCounter);
    members.add(member);
    member.ended.then(() => members.delete(member));
    member.listening.then(() => logger.info({ workerPid: member.pid }, 'a worker listens'));
    return member;
  }

  /** Keeps one place filled until the crew stops. */
  async function keep(first: Member): Promise<void> {
    for (let member = first; ; member = enlist()) {
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
    const [leader, urls] = await listening(enlist());
    const others = Array.from({ length: size - 1 }, enlist);
    await Promise.all(others.map(listening));
    places = Promise.all([leader, ...others].map(keep));
    return { urls, members, isStopping: () => stopping.signal.aborted, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(member: Member): Promise<[Member, PlatformUrls]> {
  const failed = member.ended.then((end) => Promise.reject(new WorkerFailed(end)));
  return [member, await Promise.race([member.listening, failed])];
}
