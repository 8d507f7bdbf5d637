import type { Selectable } from 'kysely';
import type { Int, IntOrNull } from '../../database/query.ts';
import type { Micro } from '../../money/microcredits.ts';
import type { Plan } from '../../money/plans.ts';
import type { Mode, Provider } from '../../money/prices.ts';
import type { AiDefaults } from '../ai-defaults/rules.ts';

export interface NewAccount {
  readonly id: string;
  /** For the operator; shown by `rigkit account list`. */
  readonly name: string;
  readonly plan: Plan;
  /** Granted each month instead of the plan's credits; null: the plan's. */
  readonly monthlyCreditsMicro: Micro | null;
}

export interface Account extends NewAccount {
  readonly aiDefaults: AiDefaults;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface AccountsTable {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly monthly_credits_micro: IntOrNull;
  readonly default_mode: Mode | null;
  readonly default_provider: Provider | null;
  readonly default_model: string | null;
  readonly default_model_provider: Provider | null;
  readonly balance_micro: Int;
  readonly month: string;
  readonly granted_micro: Int;
  readonly created_at: Int;
}

/** As they are read of an account, and of the account that something belongs to. */
export const ACCOUNT_COLUMNS = [
  'accounts.id as account_id',
  'accounts.name as account_name',
  'accounts.created_at as account_created_at',
  'plan',
  'monthly_credits_micro',
  'default_mode',
  'default_provider',
  'default_model',
  'default_model_provider',
] as const;

export interface AccountRow
  extends Omit<Selectable<AccountsTable>, 'id' | 'name' | 'created_at' | 'balance_micro' | 'month' | 'granted_micro'> {
  readonly account_id: string;
  readonly account_name: string;
  readonly account_created_at: bigint;
}

export function toAccount(row: AccountRow): Account {
  return {
    id: row.account_id,
    name: row.account_name,
    plan: row.plan,
    monthlyCreditsMicro: row.monthly_credits_micro,
    aiDefaults: {
      mode: row.default_mode,
      provider: row.default_provider,
      model: row.default_model,
      modelProvider: row.default_model_provider,
    },
    createdAt: Number(row.account_created_at),
  };
}
