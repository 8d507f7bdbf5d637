import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fuzz } from '../world/context.ts';
import { type Probe, probeProfiles } from '../world/probes.ts';
import { openStub } from '../world/stub-control.ts';
import { createWorld, type World } from '../world/world.ts';
import type { Check } from './check.ts';
import type { Config } from './config.ts';
import { createDeadline } from './deadline.ts';
import { createHttp, type Http } from './http.ts';
import type { Judgement } from './judge.ts';
import type { Stop } from './outcome.ts';
import type { Profile } from './profiles.ts';
import { type CheckRun, type Limits, runCheck } from './run-check.ts';
import type { Secrets } from './secrets.ts';
import { type CheckSession, createSession } from './session.ts';
import { createTarget, type Target } from './target.ts';

export interface RunOptions {
  readonly config: Config;
  /** What the platform is held to; the others are looked for. */
  readonly profiles: readonly Profile[];
  /** In the order in which they run. */
  readonly checks: readonly Check[];
  readonly secrets: Secrets;
  readonly limits: Limits;
  readonly fuzz: Fuzz;
  /** Ends the run early; what was created is still deleted. */
  readonly signal: AbortSignal;
  onResult(judged: Judged): void;
}

/** What a run found, before any report is made of it. */
export interface Run {
  /** Part of the name of everything that the run created. */
  readonly runId: string;
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
  readonly world: World;
  readonly target: Target;
}

/**
 * Runs the checks one after the other: they share an account, whose balance and defaults they look at. Throws a
 * `ConfigError` where the stub cannot listen.
 */
export async function run(options: RunOptions): Promise<Run> {
  const { config, secrets, limits, fuzz, signal } = options;
  const runId = randomBytes(4).toString('hex');
  const stub = await openStub(config);
  const http = createHttp();
  const session = (requestTimeoutMs: number): CheckSession =>
    createSession({ http, secrets, requestTimeoutMs }, { signal, waitFor: (ms) => sleep(ms, undefined, { signal }) });
  try {
    const world = createWorld({ config, runId, fuzz, secrets, stub, session: session(limits.requestTimeoutMs) });
    const target = createTarget(config, session(Math.min(ALIVE_TIMEOUT_MS, limits.requestTimeoutMs)), runId);
    const running = { ...options, http, world, target };
    const { judged, stop, leftBehind } = await runChecks(running);
    const probes = await probeUndeclared(running, session(limits.requestTimeoutMs), stop);
    return { runId, judged, stop, probes, leftBehind: [...leftBehind, ...(await cleanUp(running))] };
  } finally {
    await stub?.close();
    await http.close();
  }
}

/** How long a target may take to show that it is there. */
const ALIVE_TIMEOUT_MS = 5_000;

async function runChecks(running: Running): Promise<Pick<Run, 'judged' | 'stop' | 'leftBehind'>> {
  const judged: Judged[] = [];
  const leftBehind: string[] = [];
  let stop = await preflight(running);
  if (stop === undefined) running.world.expectOwnWorkspaces();
  for (const check of running.checks) {
    if (stop !== undefined) {
      judged.push({ check, judgement: notRun(stop), durationMs: 0 });
      continue;
    }
    const ran = await runCheck(check, { ...running, isAlive: running.target.isAlive });
    const disturbed = interruption(running.signal) ?? (await rivalOf(ran, running));
    stop = disturbed ?? (ran.targetDead ? deadTarget(check) : undefined);
    const judgement = disturbed === undefined ? ran.judgement : notRun(disturbed);
    const result = { check, judgement, durationMs: ran.durationMs };
    leftBehind.push(...ran.leftBehind);
    judged.push(result);
    running.onResult(result);
  }
  return { judged, stop, leftBehind };
}

async function preflight({ target, world, signal, checks }: Running): Promise<Stop | undefined> {
  try {
    return (
      (await target.preflight(checks.some((check) => check.needs.includes('proxy')))) ?? (await world.rivals.atStart())
    );
  } catch (error) {
    const interrupted = interruption(signal);
    if (interrupted === undefined) throw error;
    return interrupted;
  }
}

/** A failure is believed where nobody else is at the same account. */
async function rivalOf({ judgement }: CheckRun, { world }: Running): Promise<Stop | undefined> {
  return judgement.verdict === 'fail' ? world.rivals.now() : undefined;
}

/** Interrupted here, the run is done all the same: the probes are left out. */
async function probeUndeclared(
  { world, profiles, config, signal }: Running,
  session: CheckSession,
  stop: Stop | undefined,
): Promise<Run['probes']> {
  if (stop !== undefined) return new Map();
  try {
    return await probeProfiles(profiles, config, session, world.runId);
  } catch (error) {
    if (interruption(signal) === undefined) throw error;
    return new Map();
  }
}

/** Has its own time, and happens after an interruption too. */
async function cleanUp({ world, limits }: Running): Promise<readonly string[]> {
  const deadline = createDeadline(limits.cleanUpTimeoutMs, new AbortController().signal);
  const leftBehind = await world.cleanUp(deadline);
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
