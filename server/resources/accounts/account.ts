import type { Micro } from '../../money/microcredits.ts';
import type { CreditsState, Plan } from '../../money/plans.ts';
import type { AiDefaults, AiDefaultsPatch } from '../ai-config/rules.ts';
import type { NewKey } from '../api-keys/api-key.ts';

export interface NewAccount {
  readonly id: string;
  /** For the operator's eyes; shown by `rigkit account list`. */
  readonly name: string;
  readonly plan: Plan;
  /** Granted each month instead of the plan's credits; null: the plan's. */
  readonly monthlyCreditsMicro: Micro | null;
}

export interface Account extends NewAccount {
  readonly aiDefaults: AiDefaults;
  readonly createdAt: number;
}

/** What may come with an account, in the same transaction. */
export interface AccountExtras {
  /** A key of its own, so that there is no account that nobody can sign in to. */
  readonly firstKey?: NewKey;
}

export interface AccountStore {
  /** Creates the account and grants its first period. Throws when the id, or the key's prefix, exists. */
  createAccount(account: NewAccount, at: number, extras?: AccountExtras): Promise<Account>;
  getAccount(accountId: string): Promise<Account | undefined>;
  /** Oldest first. */
  listAccounts(): Promise<readonly Account[]>;
  /** Starts the calendar month of `at` first, where it has not started yet. Throws on an unknown account. */
  credits(accountId: string, at: number): Promise<CreditsState>;
  /** The empty patch changes nothing. Throws on an unknown account. */
  updateAiDefaults(accountId: string, patch: AiDefaultsPatch, at: number): Promise<Account>;
  /** An operator's hand: books an `adjustment` of any sign, and may leave a debt. Throws on an unknown account. */
  adjustCredits(accountId: string, amountMicro: Micro, note: string, at: number): Promise<CreditsState>;
}
