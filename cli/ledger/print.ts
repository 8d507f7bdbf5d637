import type { OpenHold, Reconciled, UnpricedUse } from '../../server/ledger/audit.ts';
import type { BooksReport } from '../../server/ledger/rules/books.ts';
import { decidedAt, type UncertainPolicy } from '../../server/ledger/rules/uncertain-policy.ts';
import type { Micro } from '../../server/money/microcredits.ts';
import type { Resolution } from './reconcile.ts';

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

/** What was charged without its price being known, beside the reconciliations. */
export function unpricedRow({ at, holdId, ...entry }: UnpricedUse) {
  return { at: new Date(at).toISOString(), decision: 'unpriced', ...entry, hold_id: holdId };
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

/** An open hold as `rigkit ledger holds --json` prints it. `policy` undefined: uncertain holds are kept. */
export function holdRow(hold: OpenHold, now: number, policy: UncertainPolicy | undefined) {
  const decided = policy && decidedAt(hold, policy);
  return {
    hold_id: hold.holdId,
    state: hold.state,
    age_seconds: Math.max(0, Math.floor((now - hold.createdAt) / 1000)),
    created_at: new Date(hold.createdAt).toISOString(),
    account_id: hold.accountId,
    workspace_id: hold.workspaceId,
    provider: hold.provider,
    model: hold.model,
    amount_micro: shownMicro(hold.amountMicro),
    bound_micro: shownMicro(hold.boundMicro),
    reason: hold.reason,
    policy: policy && decided !== undefined ? `${policy.decision} after ${new Date(decided).toISOString()}` : 'keep',
  };
}

type HoldRow = ReturnType<typeof holdRow>;

/** The rows for a table: the age as `3d 4h`, without the time of creation. */
export function holdTable(rows: readonly HoldRow[]): readonly object[] {
  return rows.map(({ age_seconds, created_at: _, reason, hold_id, state, ...rest }) => {
    return { hold_id, state, age: ageText(age_seconds), ...rest, reason: reason ?? '' };
  });
}

/** `2 held, 1 uncertain` */
export function holdSummary(holds: readonly OpenHold[]): string {
  if (holds.length === 0) return 'no open holds';
  const part = (state: OpenHold['state']) => {
    const those = holds.filter((hold) => hold.state === state);
    return `${those.length} ${state} (${those.reduce((sum, hold) => sum + hold.boundMicro, 0n)} microcredits)`;
  };
  return `${part('held')}, ${part('uncertain')}`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** `3d 4h`, `5m 6s`: the two largest units. */
export function ageText(seconds: number): string {
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first === -1) return '0s';
  const [[large = 's', largeSize = 1] = [], [small, smallSize = 1] = []] = UNITS.slice(first, first + 2);
  const rest = Math.floor((seconds % largeSize) / smallSize);
  const main = `${Math.floor(seconds / largeSize)}${large}`;
  return small === undefined || rest === 0 ? main : `${main} ${rest}${small}`;
}

/** An amount for JSON and tables: a number, or text if a corrupt database has a value outside of the safe integers. */
function shownMicro(micro: Micro): number | string {
  const value = Number(micro);
  return Number.isSafeInteger(value) ? value : String(micro);
}
