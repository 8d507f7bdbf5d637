import { type TotalsRow, totalsOf } from '../money/usage.ts';
import type { AccountBooks, HoldBooks, LedgerEntry, OpenHoldTotal, Reconciled, UsageBooks } from './audit.ts';

/** Rows that the books are read from, every integer a bigint, and what they mean. */

export interface BooksRow {
  readonly id: string;
  readonly ledger_micro: bigint;
  readonly balance_micro: bigint;
  readonly open_holds_micro: bigint;
}

export function booksOf(row: BooksRow): AccountBooks {
  return {
    accountId: row.id,
    ledgerMicro: row.ledger_micro,
    remainingMicro: row.balance_micro,
    openHoldsMicro: row.open_holds_micro,
  };
}

export interface EntryRow {
  readonly account_id: string;
  readonly kind: LedgerEntry['kind'];
  readonly amount_micro: bigint;
  readonly hold_id: string | null;
  readonly note: string | null;
  readonly at: bigint;
}

export const ENTRY_COLUMNS = 'account_id, kind, amount_micro, hold_id, note, at';

export function entryOf({ account_id, kind, amount_micro, hold_id, note, at }: EntryRow): LedgerEntry {
  return { accountId: account_id, kind, amountMicro: amount_micro, holdId: hold_id, note, at: Number(at) };
}

export interface OpenTotalRow {
  readonly state: OpenHoldTotal['state'];
  readonly count: bigint;
  readonly amount_micro: bigint;
}

export function openTotalOf({ state, amount_micro, count }: OpenTotalRow): OpenHoldTotal {
  return { state, amountMicro: amount_micro, count: Number(count) };
}

export interface HoldBooksRow {
  readonly id: string;
  readonly account_id: string;
  readonly mode: HoldBooks['mode'];
  readonly state: HoldBooks['state'];
  readonly cost_micro: bigint;
  readonly charges: bigint;
  readonly charged_micro: bigint;
  readonly elsewhere: bigint;
  readonly decision: Reconciled['decision'] | null;
  readonly decided_micro: bigint | null;
}

export function holdBooksOf(row: HoldBooksRow): HoldBooks {
  return {
    holdId: row.id,
    accountId: row.account_id,
    mode: row.mode,
    state: row.state,
    costMicro: row.cost_micro,
    charges: Number(row.charges),
    chargedMicro: row.charged_micro,
    chargesElsewhere: Number(row.elsewhere),
    reconciled: row.decision === null ? null : { decision: row.decision, costMicro: row.decided_micro },
  };
}

export interface UsageBooksRow extends TotalsRow {
  readonly account_id: string;
  readonly workspace_id: string;
  readonly period: string;
  readonly settled_requests: bigint;
  readonly settled_input_tokens: bigint;
  readonly settled_output_tokens: bigint;
  readonly settled_cost_micro: bigint;
}

export function usageBooksOf(row: UsageBooksRow): UsageBooks {
  return {
    accountId: row.account_id,
    workspaceId: row.workspace_id,
    period: row.period,
    counted: totalsOf(row),
    settled: totalsOf({
      requests: row.settled_requests,
      input_tokens: row.settled_input_tokens,
      output_tokens: row.settled_output_tokens,
      cost_micro: row.settled_cost_micro,
    }),
  };
}

export interface ReconciledRow {
  readonly hold_id: string;
  readonly account_id: string;
  readonly decision: Reconciled['decision'];
  readonly amount_micro: bigint;
  readonly cost_micro: bigint | null;
  readonly operator: string;
  readonly reason: string;
  readonly evidence_sha256: string | null;
  readonly at: bigint;
}

export function reconciledOf(row: ReconciledRow): Reconciled {
  return {
    holdId: row.hold_id,
    accountId: row.account_id,
    decision: row.decision,
    heldMicro: row.amount_micro,
    costMicro: row.cost_micro,
    operator: row.operator,
    reason: row.reason,
    evidenceSha256: row.evidence_sha256,
    at: Number(row.at),
  };
}
