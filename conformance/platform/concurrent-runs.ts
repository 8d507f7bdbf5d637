import { setTimeout as sleep } from 'node:timers/promises';
import { readPointer } from '../../contract/json-pointer.ts';
import type { Caller } from '../http/caller.ts';
import { parseBody } from '../http/http-call.ts';
import { listRunsLeftovers } from './resources.ts';
import type { Stop } from './target.ts';
import { toWorkspace } from './workspaces.ts';

/** Other runs on the same account: they move its balance, its defaults and its lists, and make checks fail for nothing. */
export interface ConcurrentRuns {
  /** Looks before anything is created. Where workspaces of another run are there, watches whether they live. */
  atStart(): Promise<Stop | undefined>;
  /** Looks again: after creating something, and whenever something failed. */
  now(): Promise<Stop | undefined>;
}

const WATCH_MS = 3_000;
const PAUSE_MS = 500;

/**
 * Two runs each see what the other adds or takes away. A run that was killed leaves workspaces too, but those do not
 * change any more; they disturb no run.
 */
export function createConcurrentRuns(funded: Caller, runId: string): ConcurrentRuns {
  let known: ReadonlyMap<string, string> = new Map();

  async function others(): Promise<ReadonlyMap<string, string>> {
    const found = await listRunsLeftovers(funded);
    return new Map(found.filter((owned) => owned.runId !== runId).map((owned) => [owned.id, owned.runId]));
  }

  async function now(): Promise<Stop | undefined> {
    const seen = await orElse(others(), known);
    const changed = [...known, ...seen].find(([id]) => known.has(id) !== seen.has(id));
    return changed === undefined ? undefined : concurrentRunStop(changed[1]);
  }

  /** What a run changes all the time: the settings of its workspace, and the balance. */
  async function pulse(id: string): Promise<string> {
    const config = await funded.get(toWorkspace(id, id, undefined).path('/ai-config'));
    const credits = await funded.get('/users/me/credits');
    return `${config.response.text} ${readPointer(parseBody(credits), '/remaining_micro')}`;
  }

  return {
    now,
    async atStart() {
      known = await orElse(others(), known);
      const [first] = known;
      if (first === undefined) return undefined;
      const [id, run] = first;
      const before = await orElse(pulse(id), '');
      for (const end = performance.now() + WATCH_MS; performance.now() < end; ) {
        await sleep(PAUSE_MS);
        const stop =
          (await now()) ?? ((await orElse(pulse(id), before)) === before ? undefined : concurrentRunStop(run));
        if (stop !== undefined) return stop;
      }
      return undefined;
    },
  };
}

/** Who does not answer, or keeps the suite out by its rate limit, tells nothing about other runs. */
function orElse<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  return asked.catch(() => otherwise);
}

function concurrentRunStop(run: string): Stop {
  return {
    kind: 'target',
    message: `another run of the suite (${run}) uses accounts.funded at the same time`,
    hint: 'two runs on one account disturb each other: start this one again when the other has ended, or give each its own accounts',
  };
}
