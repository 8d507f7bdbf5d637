import { z } from 'zod';

/** What an account may have, as its limits tell it. What else they tell is not read. */
export const ownPlan = z.object({ plan: z.string(), custom: z.boolean() });

/** Why a sentence on a plan's numbers says nothing about the funded account. */
export function notOfPlan(plan: string, custom: boolean): string {
  return `the funded account is on plan ${plan}${custom ? ' with custom limits' : ''}`;
}
