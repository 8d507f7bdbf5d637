import { createControlPlaneClient } from '../../../client/index.ts';
import type { Tenant } from '../../harness/accounts.ts';
import type { Accounts } from './accounts.ts';
import { type Judged, show } from './verdict.ts';

/** What the platform says about an account, in every place where it says so. */
interface Standing {
  /** As the control plane tells it. */
  readonly remainingMicro: bigint;
  /** In which that is so. */
  readonly month: string;
  readonly openHolds: number;
  readonly openMicro: bigint;
  /** Requests, input tokens, output tokens, microcredits: by day, and by workspace. */
  readonly byDay: readonly number[];
  readonly byWorkspace: readonly number[];
}

/** The accounts of a accounts, by id. */
export type Standings = ReadonlyMap<string, Standing>;

export async function readStandings(accounts: Accounts): Promise<Standings> {
  const entries = accounts.tenants.map(
    async (tenant) => [tenant.accountId, await readStanding(accounts, tenant)] as const,
  );
  return new Map(await Promise.all(entries));
}

async function readStanding({ site, calendar }: Accounts, { accountId, apiKey }: Tenant): Promise<Standing> {
  const client = createControlPlaneClient({ baseUrl: site.controlPlane, apiKey });
  const credits = (await client.GET('/users/me/credits')).data;
  const usage = (await client.GET('/users/me/ai-usage')).data;
  if (credits === undefined || usage === undefined) throw new Error(`the control plane says nothing of ${accountId}`);
  const open = (await site.store.openHolds()).filter((hold) => hold.accountId === accountId);
  const undecided = open.find(({ state }) => state !== 'uncertain');
  if (undecided !== undefined) throw new Error(`the hold ${undecided.holdId} is open and not uncertain`);
  return {
    remainingMicro: BigInt(credits.remaining_micro),
    month: monthAt(calendar.now()),
    openHolds: open.length,
    openMicro: open.reduce((sum, { boundMicro }) => sum + boundMicro, 0n),
    byDay: sumUp(usage.daily),
    byWorkspace: sumUp(usage.by_workspace),
  };
}

const FIELDS = ['requests', 'input_tokens', 'output_tokens', 'credits_micro'] as const;

function sumUp(rows: readonly Readonly<Record<(typeof FIELDS)[number], number>>[]): readonly number[] {
  return FIELDS.map((field) => rows.reduce((sum, row) => sum + row[field], 0));
}

/**
 * What is wrong with the way the accounts went from `before` to `after`, if these requests are all that happened, and the month
 * began that they are in now.
 */
export function findDrift(
  accounts: Accounts,
  before: Standings,
  after: Standings,
  judged: readonly Judged[],
): readonly string[] {
  return [...after].flatMap(([accountId, now]) => {
    const then = before.get(accountId);
    if (then === undefined) throw new RangeError(`unknown account ${accountId}`);
    const own = judged.filter(({ done }) => done.accountId === accountId);
    const expected = own.map((row) => row.expected);
    const settled = expected.filter((row) => row.kind === 'settled');
    const sum = (read: (row: (typeof settled)[number]) => number) => settled.reduce((all, row) => all + read(row), 0);
    const costMicro = settled.reduce((all, row) => all + row.costMicro, 0n);
    const usage = [settled.length, sum((row) => row.inputTokens), sum((row) => row.outputTokens), Number(costMicro)];
    const complaints = [
      differs('balance', now.remainingMicro - then.remainingMicro, expectedChange(accounts, accountId, then, own)),
      differs('holds', now.openMicro - then.openMicro, heldInTheEnd(own)),
      differs('open holds', now.openHolds - then.openHolds, expected.filter(({ kind }) => kind === 'open').length),
      differs('usage by day', minus(now.byDay, then.byDay), usage),
      differs('usage by workspace', minus(now.byWorkspace, then.byWorkspace), usage),
    ];
    return complaints.filter((text) => text !== undefined).map((text) => `${accountId}: ${text}`);
  });
}

function heldInTheEnd(judged: readonly Judged[]): bigint {
  return judged.reduce((sum, { done: { hold } }) => sum + (hold?.state === 'uncertain' ? hold.boundMicro : 0n), 0n);
}

/**
 * How the balance changes by the rule of months: a call is paid by the month in which its hold was placed. With the month all
 * that is left expires, but for a debt. What an earlier month's hold frees pays its debt, and is gone otherwise.
 */
function expectedChange(
  { grants, calendar }: Accounts,
  accountId: string,
  { remainingMicro, month }: Standing,
  judged: readonly Judged[],
): bigint {
  const moves = judged.flatMap(({ done: { hold }, expected }) => {
    if (hold === undefined || hold.mode === 'byok') return [];
    const costMicro = expected.kind === 'settled' ? expected.costMicro : 0n;
    const takenMicro = hold.state === 'uncertain' ? hold.boundMicro : costMicro;
    return [{ takenMicro, heldMicro: hold.amountMicro, from: monthAt(hold.createdAt), to: monthAt(hold.since) }];
  });
  const sum = (of: (move: (typeof moves)[number]) => bigint) => moves.reduce((all, move) => all + of(move), 0n);
  if (month === monthAt(calendar.now())) return -sum(({ takenMicro }) => takenMicro);
  const isOver = (at: string) => at === month;
  const spentThen = sum((move) => (isOver(move.from) ? (isOver(move.to) ? move.takenMicro : move.heldMicro) : 0n));
  const lastMicro = remainingMicro - spentThen;
  const debtMicro = lastMicro < 0n ? -lastMicro : 0n;
  const late = (least: (move: (typeof moves)[number]) => bigint) =>
    sum((move) => (isOver(move.from) && !isOver(move.to) && least(move) > 0n ? least(move) : 0n));
  const freedMicro = late(({ heldMicro, takenMicro }) => heldMicro - takenMicro);
  const aboveMicro = late(({ heldMicro, takenMicro }) => takenMicro - heldMicro);
  const paidBackMicro = freedMicro < debtMicro ? freedMicro : debtMicro;
  const spentNow = sum((move) => (isOver(move.from) ? 0n : move.takenMicro));
  return (grants.get(accountId) ?? 0n) - debtMicro + paidBackMicro - aboveMicro - spentNow - remainingMicro;
}

function monthAt(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

function minus(a: readonly number[], b: readonly number[]): readonly number[] {
  return a.map((value, index) => value - (b[index] ?? 0));
}

function differs(what: string, found: unknown, wanted: unknown): string | undefined {
  return show(found) === show(wanted) ? undefined : `the ${what} moved by ${show(found)} instead of ${show(wanted)}`;
}

/** The microcredits that the ledgers say were charged. Throws where a hold was charged twice. */
export async function chargedByLedger({ site, tenants }: Accounts): Promise<bigint> {
  let chargedMicro = 0n;
  const charged = new Set<string | null>();
  for (const { accountId } of tenants) {
    for (const { kind, amountMicro, holdId } of await site.store.ledger(accountId)) {
      if (kind !== 'charge') continue;
      if (charged.has(holdId)) throw new Error(`the hold ${holdId} was charged twice`);
      charged.add(holdId);
      chargedMicro -= amountMicro;
    }
  }
  return chargedMicro;
}
