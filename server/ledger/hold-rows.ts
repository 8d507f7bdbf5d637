import type { HoldRecord, OpenHold } from './audit.ts';

/** What the operator is shown of a hold. */
export interface HoldRow {
  readonly id: string;
  readonly account_id: string;
  readonly workspace_id: string;
  readonly mode: HoldRecord['mode'];
  readonly state: HoldRecord['state'];
  readonly amount_micro: bigint;
  readonly cost_micro: bigint;
  readonly provider: string;
  readonly model: string;
  readonly reason: string | null;
  readonly created_at: bigint;
}

export type OpenHoldRow = Omit<HoldRow, 'mode' | 'state' | 'cost_micro'> & { readonly state: OpenHold['state'] };

export const OPEN_HOLD_COLUMNS =
  'id, account_id, workspace_id, state, amount_micro, provider, model, reason, created_at';
export const HOLD_COLUMNS = `${OPEN_HOLD_COLUMNS}, mode, cost_micro`;

export function openHoldOf(row: OpenHoldRow): OpenHold {
  return {
    holdId: row.id,
    accountId: row.account_id,
    workspaceId: row.workspace_id,
    state: row.state,
    amountMicro: row.amount_micro,
    provider: row.provider,
    model: row.model,
    reason: row.reason,
    createdAt: Number(row.created_at),
  };
}

export function holdOf(row: HoldRow): HoldRecord {
  const { state, mode } = row;
  return { ...openHoldOf({ ...row, state: 'held' }), state, mode, costMicro: row.cost_micro };
}
