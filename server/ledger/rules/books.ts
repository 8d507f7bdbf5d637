import type { UsageTotals } from '../../money/usage.ts';
import type { AccountBooks, HoldBooks, LedgerEntry, LedgerInspector, UsageBooks } from '../audit.ts';
import { chargedMicro } from './holds.ts';

/** The rules that books keep. */
export type BooksRule = 'balance' | 'charge' | 'usage' | 'reconciliation';

export interface BooksViolation {
  readonly rule: BooksRule;
  readonly accountId: string;
  readonly holdId: string | null;
  /** What is wrong, in one sentence with the figures. */
  readonly sentence: string;
}

export interface BooksReport {
  /** How many facts each rule was held against. */
  readonly checked: Readonly<Record<BooksRule, number>>;
  readonly accounts: readonly AccountBooks[];
  readonly violations: readonly BooksViolation[];
}

/** Collects what a store tells of its books, and judges it. */
export interface BooksJudge extends LedgerInspector {
  report(): BooksReport;
}

export function createBooksJudge(): BooksJudge {
  const checked: Record<BooksRule, number> = { balance: 0, charge: 0, usage: 0, reconciliation: 0 };
  const accounts: AccountBooks[] = [];
  const violations: BooksViolation[] = [];

  function judge(rule: BooksRule, of: { accountId: string; holdId?: string | null }, sentence: string | undefined) {
    checked[rule] += 1;
    if (sentence === undefined) return;
    violations.push({ rule, accountId: of.accountId, holdId: of.holdId ?? null, sentence });
  }

  return {
    account(books) {
      accounts.push(books);
      judge('balance', books, faultOfBalance(books));
    },
    hold(books) {
      judge('charge', books, faultOfCharge(books));
      if (books.reconciled !== null) judge('reconciliation', books, faultOfReconciliation(books));
    },
    strayCharge(entry) {
      judge('charge', entry, faultOfStrayCharge(entry));
    },
    usage(books) {
      judge('usage', books, faultOfUsage(books));
    },
    report: () => ({ checked, accounts, violations }),
  };
}

function faultOfBalance({ accountId, ledgerMicro, remainingMicro, openHoldsMicro }: AccountBooks): string | undefined {
  if (ledgerMicro === remainingMicro + openHoldsMicro) return undefined;
  return (
    `account ${accountId}: the ledger's sum ${ledgerMicro} is not the balance ${remainingMicro} ` +
    `plus the open holds ${openHoldsMicro}`
  );
}

/** A settled managed hold is charged once, what it cost, to its own account; any other hold is charged nothing. */
function faultOfCharge(books: HoldBooks): string | undefined {
  const { mode, state, costMicro, charges, chargedMicro: sum, chargesElsewhere } = books;
  const hold = `${state} hold ${books.holdId} of account ${books.accountId}`;
  const wanted = state === 'settled' && mode === 'managed' ? 1 : 0;
  if (charges !== wanted) return `${hold}: ${charges} ledger entries charge it, not ${wanted}`;
  if (costMicro !== 0n && state !== 'settled') return `${hold}: it has a cost of ${costMicro}`;
  if (costMicro < 0n) return `${hold}: it has a cost below zero, ${costMicro}`;
  if (costMicro !== chargedMicro(mode, costMicro)) return `${hold}: it is byok and has a cost of ${costMicro}`;
  if (sum !== -costMicro) return `${hold}: its cost is ${costMicro}, and the ledger charges ${-sum}`;
  return chargesElsewhere === 0 ? undefined : `${hold}: its charge stands in the books of another account`;
}

function faultOfStrayCharge({ accountId, holdId, amountMicro }: LedgerEntry): string {
  return `account ${accountId}: the ledger charges ${-amountMicro} for hold ${holdId}, which does not exist`;
}

/** What an operator decided is what the hold says. */
function faultOfReconciliation({ holdId, accountId, state, costMicro, reconciled }: HoldBooks): string | undefined {
  if (reconciled === null) return undefined;
  const decided = reconciled.decision === 'settle' ? 'settled' : 'released';
  if (state === decided && costMicro === (reconciled.costMicro ?? 0n)) return undefined;
  const wanted = `${decided} with a cost of ${reconciled.costMicro ?? 0n}`;
  return `hold ${holdId} of account ${accountId}: an operator's hand ${wanted}, but it is ${state} with ${costMicro}`;
}

const COUNTS = ['requests', 'inputTokens', 'outputTokens', 'costMicro'] as const satisfies (keyof UsageTotals)[];

function faultOfUsage({ accountId, workspaceId, period, counted, settled }: UsageBooks): string | undefined {
  const wrong = COUNTS.filter((count) => counted[count] !== settled[count]);
  if (wrong.length === 0) return undefined;
  const figures = wrong.map((count) => `${count} ${counted[count]} instead of ${settled[count]}`);
  return `usage of workspace ${workspaceId}, account ${accountId}, ${period}: ${figures.join(', ')}`;
}
