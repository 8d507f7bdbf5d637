import type { Reconciled } from '../../server/ledger/audit.ts';
import type { BooksReport } from '../../server/ledger/rules/books.ts';
import { shownMicro } from '../amounts.ts';
import type { Resolution } from './reconcile.ts';

/** What `rigkit ledger` shows, as rows for JSON and for tables alike. */

export function resolutionRow({ holdId, outcome, heldMicro, costMicro }: Resolution) {
  return {
    hold_id: holdId,
    outcome,
    held_micro: heldMicro === undefined ? null : shownMicro(heldMicro),
    cost_micro: costMicro === undefined ? null : shownMicro(costMicro),
  };
}

export function auditRow(entry: Reconciled) {
  return {
    at: new Date(entry.at).toISOString(),
    operator: entry.operator,
    decision: entry.decision,
    hold_id: entry.holdId,
    account_id: entry.accountId,
    held_micro: shownMicro(entry.heldMicro),
    cost_micro: entry.costMicro === null ? null : shownMicro(entry.costMicro),
    reason: entry.reason,
    evidence_sha256: entry.evidenceSha256,
  };
}

export function booksJson({ accounts, checked, violations }: BooksReport) {
  const broken = new Set(violations.map((violation) => violation.accountId));
  return {
    in_order: violations.length === 0,
    accounts: accounts.map((books) => ({
      account_id: books.accountId,
      ledger_micro: shownMicro(books.ledgerMicro),
      balance_micro: shownMicro(books.remainingMicro),
      open_holds_micro: shownMicro(books.openHoldsMicro),
      in_order: !broken.has(books.accountId),
    })),
    checked,
    violations: violations.map(({ rule, accountId, holdId, sentence }) => {
      return { rule, account_id: accountId, hold_id: holdId, sentence };
    }),
  };
}

/** `3 settled, 1 unknown_hold` */
export function resolutionSummary(resolutions: readonly Resolution[]): string {
  const counts = Map.groupBy(resolutions, ({ outcome }) => outcome);
  return [...counts].map(([outcome, those]) => `${those.length} ${outcome}`).join(', ');
}
