import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../checks/check.ts';
import { NoAnswer } from '../http/errors.ts';
import { createHttp, type Http } from '../http/http-client.ts';
import type { Secrets } from '../http/secrets.ts';
import { type CheckSession, createDeadline, createSession } from '../http/session.ts';
import { type Config, missingNeed, type Profile } from '../platform/config.ts';
import { createContext } from '../platform/context.ts';
import { createCleanUp, createRunState, type Fuzz, type RunState } from '../platform/run-state.ts';

import { openStub } from '../platform/stub.ts';
import { createTarget, type Probe, probeProfiles, type Stop, type Target } from '../platform/target.ts';
import { type Judgement, judgeError, judgeSilence, kept } from './judge.ts';

export interface RunOptions {
  readonly config: Config;
  /** What the platform is held to; the others are looked for. */
  readonly profiles: readonly Profile[];
  /** What may be judged. */
  readonly checks: readonly Check[];
  readonly secrets: Secrets;
  readonly limits: Limits;
  readonly fuzz: Fuzz;
  /** Ends the run early; what was created is still deleted. */
  readonly signal: AbortSignal;
}

/** A run under way. Its checks are judged one after the other, because they share an account. */
export interface OpenRun {
  /** Part of the name of everything that the run creates. */
  readonly runId: string;
  /** Why no check runs any more: each is unverified from here on. Undefined: checks run. */
  readonly stop: Stop | undefined;
  judge(check: Check): Promise<Judged>;
  /** Ends the run: undoes what it created and closes its stub. To be called once, whatever happened before. */
  end(): Promise<Run>;
}

/** What a run found, before any report is made of it. */
export interface Run {
  readonly runId: string;
  /** In the order in which they were judged. */
  readonly judged: readonly Judged[];
  /** Why the run ended early; undefined when it did not. */
  readonly stop: Stop | undefined;
  /** What was found of the profiles that were not declared. */
  readonly probes: ReadonlyMap<Profile, Probe>;
  /** What could not be deleted or restored, one line each. */
  readonly leftBehind: readonly string[];
}

export interface Judged {
  readonly check: Check;
  readonly judgement: Judgement;
  readonly durationMs: number;
}

/** What the parts of a run work with. */
interface Running extends RunOptions {
  readonly http: Http;
  readonly state: RunState;
  readonly target: Target;
  /** A session with the limit of time that a request of a check has. */
  readonly session: CheckSession;
}

/**
 * Prepares the stub, and asks the target whether it is there. Throws a `ConfigError` where the stub cannot listen.
 */
export async function openRun(options: RunOptions): Promise<OpenRun> {
  const { config, secrets, limits, fuzz, signal } = options;
  const runId = randomBytes(4).toString('hex');
  const stub = await openStub(config);
  const http = createHttp();
  const close = async () => {
    await stub?.close();
    await http.close();
  };
  const session = (requestTimeoutMs: number): CheckSession =>
    createSession({ http, secrets, requestTimeoutMs }, { signal, waitFor: (ms) => sleep(ms, undefined, { signal }) });
  try {
    const state = createRunState({ config, runId, fuzz, secrets, stub, session: session(limits.requestTimeoutMs) });
    const target = createTarget(config, session(Math.min(ALIVE_TIMEOUT_MS, limits.requestTimeoutMs)), runId);
    const running = { ...options, http, state, target, session: session(limits.requestTimeoutMs) };
    const stop = await preflight(running);
    if (stop === undefined) await state.begin();
    return judgeUntilEnd(running, stop, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** How long a target may take to show that it is there. */
const ALIVE_TIMEOUT_MS = 5_000;

function judgeUntilEnd(running: Running, found: Stop | undefined, close: () => Promise<void>): OpenRun {
  const { runId } = running.state;
  const judged: Judged[] = [];
  const leftBehind: string[] = [];
  let stop = found;

  async function judge(check: Check): Promise<Judged> {
    if (stop !== undefined) return { check, judgement: notRun(stop), durationMs: 0 };
    const ran = await runCheck(check, { ...running, isAlive: running.target.isAlive });
    leftBehind.push(...ran.leftBehind);
    const disturbed = interruption(running.signal) ?? (await findConcurrentRun(ran, running));
    stop = disturbed ?? (ran.targetDead ? deadTarget(check) : undefined);
    const judgement = disturbed === undefined ? ran.judgement : notRun(disturbed);
    return { check, judgement, durationMs: ran.durationMs };
  }

  return {
    runId,
    get stop() {
      return stop;
    },
    async judge(check) {
      const result = await judge(check);
      judged.push(result);
      return result;
    },
    async end() {
      try {
        const probes = await probeUndeclared(running, stop);
        return { runId, judged, stop, probes, leftBehind: [...leftBehind, ...(await cleanUp(running))] };
      } finally {
        await close();
      }
    },
  };
}

async function preflight({ target, state, signal, checks }: Running): Promise<Stop | undefined> {
  try {
    return (
      (await target.preflight(checks.some((check) => check.needs.includes('proxy')))) ??
      (await state.concurrentRuns.atStart())
    );
  } catch (error) {
    const interrupted = interruption(signal);
    if (interrupted === undefined) throw error;
    return interrupted;
  }
}

/** A failure counts only where no other run uses the same account. */
async function findConcurrentRun({ judgement }: CheckRun, { state }: Running): Promise<Stop | undefined> {
  return judgement.verdict === 'fail' ? state.concurrentRuns.now() : undefined;
}

/** Interrupted here, the run is done all the same: the probes are left out. */
async function probeUndeclared(
  { state, profiles, config, signal, session }: Running,
  stop: Stop | undefined,
): Promise<Run['probes']> {
  if (stop !== undefined) return new Map();
  try {
    return await probeProfiles(profiles, config, session, state.runId);
  } catch (error) {
    if (interruption(signal) === undefined) throw error;
    return new Map();
  }
}

/** Has its own time, and happens after an interruption too. */
async function cleanUp({ state, limits }: Running): Promise<readonly string[]> {
  const deadline = createDeadline(limits.cleanUpTimeoutMs, new AbortController().signal);
  const leftBehind = await state.cleanUp(deadline);
  deadline.end();
  return leftBehind;
}

function notRun(stop: Stop): Judgement {
  return { verdict: 'unverified', reason: `not run: ${stop.message}` };
}

function interruption(signal: AbortSignal): Stop | undefined {
  if (!signal.aborted) return undefined;
  return { kind: 'interrupted', message: 'the run was interrupted', hint: 'run it again' };
}

function deadTarget(check: Check): Stop {
  return {
    kind: 'target',
    message: `the target stopped answering during ${check.id}`,
    hint: 'see the log of the platform; the checks after it did not run',
  };
}

/** Judges all checks of a run in their order; `onResult` hears of those that did run. */
export async function run(options: RunOptions, onResult: (judged: Judged) => void = () => {}): Promise<Run> {
  const opened = await openRun(options);
  let ended: Run;
  try {
    for (const check of options.checks) {
      const stopped = opened.stop !== undefined;
      const judged = await opened.judge(check);
      if (!stopped) onResult(judged);
    }
  } finally {
    ended = await opened.end();
  }
  return ended;
}

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
  readonly state: RunState;
  readonly http: Http;
  readonly limits: Limits;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Whether the part of the target that an unanswered request went to answers anything at all. */
  isAlive(url: string): Promise<boolean>;
}

/** Runs a check and cleans up after it. A request without an answer is tried a second time before it counts. */
export async function runCheck(check: Check, options: CheckRunOptions): Promise<CheckRun> {
  const reason = missingNeed(options.state.config, check.needs) ?? (await spendCap(check, options.state));
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
async function spendCap(check: Check, { spending }: RunState): Promise<string | undefined> {
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

async function attempt(check: Check, { state, http, limits, signal }: CheckRunOptions): Promise<Attempt> {
  const deadline = createDeadline(limits.checkTimeoutMs, signal);
  const session = createSession({ http, secrets: state.secrets, requestTimeoutMs: limits.requestTimeoutMs }, deadline);
  const cleanUp = createCleanUp();
  let error: unknown;
  try {
    await orAborted(
      check.run(createContext(state, session, cleanUp, check.needs)),
      deadline.signal,
      limits.requestTimeoutMs,
    );
  } catch (thrown) {
    error = thrown ?? new Error('the check threw nothing');
  }
  deadline.end();
  // Cleaning up has its own time, and happens after an interruption too.
  const undoing = createDeadline(limits.cleanUpTimeoutMs, new AbortController().signal);
  session.enter(undoing);
  await cleanUp.run(undoing.signal);
  undoing.end();
  state.observe(session.calls);
  const judgement: Judgement =
    error === undefined ? { verdict: 'pass' } : kept(judgeError(error, session.calls.at(-1)));
  return { judgement, error, leftBehind: cleanUp.leftBehind };
}

/**
 * A check that waits for something else than an call is not waited for when its time is up. What it is about to
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
