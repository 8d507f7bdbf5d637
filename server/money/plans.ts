import { creditsToMicro, type Micro } from './microcredits.ts';

export type Plan = 'free' | 'pro';

/** Granted at the start of every calendar month, UTC. What else a plan allows stands with the limits, in `server/resources/`. */
export const MONTHLY_CREDITS_MICRO: Readonly<Record<Plan, Micro>> = {
  free: creditsToMicro(250),
  pro: creditsToMicro(2000),
};

/** The account's own monthly credits where it has been given some, else its plan's. */
export function monthlyGrantMicro(account: { readonly plan: Plan; readonly monthlyCreditsMicro: Micro | null }): Micro {
  return account.monthlyCreditsMicro ?? MONTHLY_CREDITS_MICRO[account.plan];
}

/** What can be spent now (charges and open holds are off already), and what was granted in the current period. */
export interface CreditsState {
  readonly remainingMicro: Micro;
  readonly totalMicro: Micro;
}
