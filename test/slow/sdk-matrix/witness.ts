import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedCall, ScriptRule } from '../../../mocks/providers/index.ts';
import type { OpenHold } from '../../../server/ledger/audit.ts';
import type { Scenario } from './scenarios.ts';
import type { Answer, Connection, Driver, Way } from './sdks/driver.ts';
import type { Caller, Counted, Stage } from './stage.ts';

/** What an SDK's call came to, and what it left behind on the platform and at the stub. */
export interface Witnessed {
  readonly outcome: Outcome;
  readonly caller: Caller;
  readonly takenMicro: bigint;
  readonly counted: Counted;
  /** Holds that the call left open. */
  readonly leftOpen: readonly OpenHold[];
  readonly stubCalls: readonly RecordedCall[];
}

export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'raised'; readonly error: unknown };

/** An SDK that waits longer for its answer waits in vain: the longest pause before a retry is two seconds. */
const LONGEST_CALL_MS = 15_000;

interface Attempt {
  readonly driver: Driver;
  readonly way: Way;
  readonly who: Scenario['caller'];
  readonly rules: readonly ScriptRule[];
  readonly retries: Connection['retries'];
}

/** Lets a driver's SDK make one call, and reads everything that it changed. */
export async function witness(stage: Stage, { driver, way, who, rules, retries }: Attempt): Promise<Witnessed> {
  const ask = driver.ask[way];
  if (typeof ask !== 'function') throw new Error(ask.why);
  const caller = await stage.caller(who, driver);
  await stage.script(...rules);
  const before = await stage.standing(caller);
  const outcome = await outcomeOf(ask({ proxy: stage.proxyFor(driver), key: caller.key, retries }));
  const after = await stage.standing(caller);
  const wasOpen = new Set(before.openHolds.map(({ holdId }) => holdId));
  return {
    outcome,
    caller,
    takenMicro: before.remainingMicro - after.remainingMicro,
    counted: {
      requests: after.usage.requests - before.usage.requests,
      inputTokens: after.usage.inputTokens - before.usage.inputTokens,
      outputTokens: after.usage.outputTokens - before.usage.outputTokens,
      costMicro: after.usage.costMicro - before.usage.costMicro,
    },
    leftOpen: after.openHolds.filter(({ holdId }) => !wasOpen.has(holdId)),
    stubCalls: await stage.stubCalls(),
  };
}

async function outcomeOf(asked: Promise<Answer>): Promise<Outcome> {
  const waiting = new AbortController();
  const ended = asked.then(
    (answer): Outcome => ({ kind: 'answered', answer }),
    (error: unknown): Outcome => ({ kind: 'raised', error }),
  );
  const outcome = await Promise.race([ended, sleep(LONGEST_CALL_MS, undefined, { signal: waiting.signal })]);
  waiting.abort();
  if (outcome === undefined) throw new Error(`the SDK did not come to an end within ${LONGEST_CALL_MS} ms`);
  return outcome;
}
