import type { Check } from '../checks/check.ts';
import { createDeadline } from '../http/deadline.ts';
import { NoAnswer } from '../http/errors.ts';
import type { Http } from '../http/http.ts';
import { createSession } from '../http/session.ts';
import { createContext } from '../platform/check-context.ts';
import { createCleanUp } from '../platform/clean-up.ts';
import { missingNeed } from '../platform/needs.ts';
import type { World } from '../platform/run-state.ts';
import { type Judgement, judgeError, judgeSilence } from './judge.ts';
import { kept } from './kept.ts';

/** Limits of time; a check's stands still while a rate limit is waited out. */
export interface Limits {
  readonly requestTimeoutMs: number;
  readonly checkTimeoutMs: number;
  readonly cleanUpTimeoutMs: number;
}

/** Requests wait long enough for a slow platform; all checks of a local one are through within a minute. */
export const DEFAULT_LIMITS: Limits = { requestTimeoutMs: 10_000, checkTimeoutMs: 30_000, cleanUpTimeoutMs: 15_000 };

/** What became of a check, its clean-up included. */
export interface CheckRun {
  readonly judgement: Judgement;
  readonly durationMs: number;
  readonly leftBehind: readonly string[];
  /** Whether the target was dead when asked after a request without an answer. */
  readonly targetDead: boolean;
}

export interface CheckRunOptions {
  readonly world: World;
  readonly http: Http;
  readonly limits: Limits;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Whether the part of the target that an unanswered request went to answers anything at all. */
  isAlive(url: string): Promise<boolean>;
}

/** Runs a check and cleans up after it. A request without an answer is tried a second time before it counts. */
export async function runCheck(check: Check, options: CheckRunOptions): Promise<CheckRun> {
  const reason = missingNeed(options.world.config, check.needs) ?? (await spendCap(check, options.world));
  if (reason !== undefined) {
    return { judgement: { verdict: 'unverified', reason }, durationMs: 0, leftBehind: [], targetDead: false };
  }

  const startedAt = performance.now();
  const leftBehind: string[] = [];
  for (let tries = 1; ; tries += 1) {
    const { error, judgement, leftBehind: left } = await attempt(check, options);
    leftBehind.push(...left);
    const ran = { judgement, durationMs: performance.now() - startedAt, leftBehind, targetDead: false };
    if (!(error instanceof NoAnswer)) return ran;
    if (!(await options.isAlive(error.evidence.request.url))) return { ...ran, targetDead: true };
    if (tries === MOST_TRIES) return { ...ran, judgement: judgeSilence(error) };
  }
}

const MOST_TRIES = 2;

/** Why a check that calls the proxy may not spend any more. */
async function spendCap(check: Check, { spending }: World): Promise<string | undefined> {
  if (!check.needs.includes('proxy')) return undefined;
  try {
    return await spending.refusal();
  } catch {
    // Interrupted, or no answer: the check's own first request ends it.
    return undefined;
  }
}

interface Attempt {
  readonly judgement: Judgement;
  readonly error: unknown;
  readonly leftBehind: readonly string[];
}

async function attempt(check: Check, { world, http, limits, signal }: CheckRunOptions): Promise<Attempt> {
  const deadline = createDeadline(limits.checkTimeoutMs, signal);
  const session = createSession({ http, secrets: world.secrets, requestTimeoutMs: limits.requestTimeoutMs }, deadline);
  const cleanUp = createCleanUp();
  let error: unknown;
  try {
    await orAborted(check.run(createContext(world, session, cleanUp)), deadline.signal, limits.requestTimeoutMs);
  } catch (thrown) {
    error = thrown ?? new Error('the check threw nothing');
  }
  deadline.end();
  // Cleaning up has its own time, and happens after an interruption too.
  const undoing = createDeadline(limits.cleanUpTimeoutMs, new AbortController().signal);
  session.enter(undoing);
  await cleanUp.run(undoing.signal);
  undoing.end();
  world.observe(session.exchanges);
  const judgement: Judgement =
    error === undefined ? { verdict: 'pass' } : kept(judgeError(error, session.exchanges.at(-1)));
  return { judgement, error, leftBehind: cleanUp.leftBehind };
}

/**
 * A check that waits for something else than an exchange is not waited for when its time is up. What it is about to
 * change is: it ends on its next request, and must not go on beside its own clean-up.
 */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  const over = Promise.withResolvers<never>();
  let grace: NodeJS.Timeout | undefined;
  const wait = () => {
    grace = setTimeout(() => over.reject(signal.reason), graceMs);
  };
  signal.addEventListener('abort', wait, { once: true });
  // Whichever loses must not become an unhandled rejection.
  work.catch(() => {});
  over.promise.catch(() => {});
  try {
    const result = await Promise.race([work, over.promise]);
    signal.throwIfAborted();
    return result;
  } finally {
    clearTimeout(grace);
    signal.removeEventListener('abort', wait);
  }
}
