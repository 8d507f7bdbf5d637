import type { Micro } from '../../money/microcredits.ts';
import type { UsageTotals } from '../../money/usage.ts';
import type { AccountBooks, HoldBooks, LedgerEntry, LedgerInspector, MonthBooks, UsageBooks } from '../audit.ts';

/** The rules that books keep. */
export type BooksRule = 'balance' | 'credits' | 'charge' | 'usage' | 'reconciliation';

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
  const checked: Record<BooksRule, number> = { balance: 0, credits: 0, charge: 0, usage: 0, reconciliation: 0 };
  const accounts: AccountBooks[] = [];
  /** The months of the accounts, and what their holds have taken of them: charged, or still reserved. */
  const months = new Map<string, { readonly books: MonthBooks; takenMicro: Micro }>();
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
    month(books) {
      months.set(books.accountId, { books, takenMicro: 0n });
    },
    hold(books) {
      const month = months.get(books.accountId);
      if (month?.books.month === books.month) month.takenMicro += takenMicro(books);
      judge('charge', books, faultOfCharge(books));
      if (books.reconciled !== null) judge('reconciliation', books, faultOfReconciliation(books));
    },
    strayCharge(entry) {
      judge('charge', entry, faultOfStrayCharge(entry));
    },
    usage(books) {
      judge('usage', books, faultOfUsage(books));
    },
    report() {
      for (const { books, takenMicro } of months.values()) judge('credits', books, faultOfCredits(books, takenMicro));
      months.clear();
      return { checked, accounts, violations };
    },
  };
}

function faultOfBalance({ accountId, ledgerMicro, remainingMicro, openHoldsMicro }: AccountBooks): string | undefined {
  if (ledgerMicro === remainingMicro + openHoldsMicro) return undefined;
  return (
    `account ${accountId}: the ledger's sum ${ledgerMicro} is not the balance ${remainingMicro} ` +
    `plus the open holds ${openHoldsMicro}`
  );
}

/** What a hold has taken of the credits of its month. */
function takenMicro({ state, costMicro, boundMicro }: HoldBooks): Micro {
  if (state === 'settled') return costMicro;
  return state === 'released' ? 0n : boundMicro;
}

/**
 * What a month was granted, with its adjustments, is what remains and what its holds have taken, or more: a month may begin with a debt, and
 * pays what calls of earlier months cost above their holds. It is never less: nothing is carried over from month to month.
 */
function faultOfCredits(books: MonthBooks, taken: Micro): string | undefined {
  const { accountId, month, remainingMicro, grantedMicro, adjustedMicro } = books;
  if (remainingMicro + taken <= grantedMicro + adjustedMicro) return undefined;
  return (
    `account ${accountId}: the balance ${remainingMicro} and what the calls of ${month} have taken, ${taken}, are more than its ` +
    `grant ${grantedMicro} and adjustments ${adjustedMicro}`
  );
}

/**
 * A settled managed hold is charged once, what it cost, to its own account; any other hold is charged nothing. No hold grows.
 */
function faultOfCharge(books: HoldBooks): string | undefined {
  const { mode, state, costMicro, charges, chargedMicro: sum, chargesElsewhere, amountMicro, boundMicro } = books;
  const hold = `${state} hold ${books.holdId} of account ${books.accountId}`;
  if (boundMicro > amountMicro)
    return `${hold}: it reserves ${boundMicro}, more than the ${amountMicro} it was placed with`;
  const wanted = state === 'settled' && mode === 'managed' ? 1 : 0;
  if (charges !== wanted) return `${hold}: ${charges} ledger entries charge it, not ${wanted}`;
  if (costMicro !== 0n && state !== 'settled') return `${hold}: it has a cost of ${costMicro}`;
  if (costMicro < 0n) return `${hold}: it has a cost below zero, ${costMicro}`;
  if (mode === 'byok' && costMicro !== 0n) return `${hold}: it is byok and has a cost of ${costMicro}`;
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
