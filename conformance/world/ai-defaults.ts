import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Caller } from '../runner/caller.ts';
import { jsonOf } from '../runner/exchange.ts';
import { givenShape, givenStatus } from '../runner/want.ts';

const PATH = '/users/me/ai-defaults';

const aiDefaults = z.object({ default_mode: z.string(), default_provider: z.string(), default_model: z.string() });

export type AiDefaults = z.output<typeof aiDefaults>;

export async function readAiDefaults(caller: Caller): Promise<AiDefaults> {
  return givenShape(await caller.get(PATH), aiDefaults);
}

/**
 * Puts back what was in effect. Cleared fields come first: where they give the same values, the account goes on
 * inheriting, as it did before.
 */
export async function restoreAiDefaults(caller: Caller, saved: AiDefaults): Promise<void> {
  await clearAiDefaults(caller);
  const cleared = aiDefaults.safeParse(jsonOf(await caller.get(PATH)));
  if (cleared.success && isDeepStrictEqual(cleared.data, saved)) return;
  givenStatus(await caller.put(PATH, saved), 200);
}

export async function clearAiDefaults(caller: Caller): Promise<void> {
  givenStatus(await caller.put(PATH, { default_mode: null, default_provider: null, default_model: null }), 200);
}
