import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../http/caller.ts';
import { type Answered, jsonOf, valueAt } from '../http/http-call.ts';
import { givenStatus } from '../http/want.ts';

const PATH = '/users/me/ai-defaults';

/** Untyped: a check that builds on the defaults must not fail because their shape is wrong, which is another's matter. */
export interface AiDefaults {
  readonly default_mode: unknown;
  readonly default_provider: unknown;
  readonly default_model: unknown;
}

/** The defaults in effect; unverified where they cannot be read. */
export async function readAiDefaults(caller: Caller): Promise<AiDefaults> {
  return aiDefaultsOf(givenStatus(await caller.get(PATH), 200));
}

/**
 * Puts back what was in effect. Cleared fields come first: where they give the same values, the account goes on
 * inheriting, as it did before.
 */
export async function restoreAiDefaults(caller: Caller, saved: AiDefaults): Promise<void> {
  await clearAiDefaults(caller);
  if (isDeepStrictEqual(await readAiDefaults(caller), saved)) return;
  givenStatus(await caller.put(PATH, saved), 200);
}

/** Clears all three, so that the platform's own defaults take their place. */
export async function clearAiDefaults(caller: Caller): Promise<void> {
  givenStatus(await caller.put(PATH, { default_mode: null, default_provider: null, default_model: null }), 200);
}

function aiDefaultsOf(answered: Answered): AiDefaults {
  const at = (field: string) => valueAt(jsonOf(answered), `/${field}`);
  return {
    default_mode: at('default_mode'),
    default_provider: at('default_provider'),
    default_model: at('default_model'),
  };
}
