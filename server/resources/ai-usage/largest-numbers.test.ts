import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBooksJudge } from '../../ledger/rules/books.ts';
import { MAX_CALL_MICRO, MAX_CALL_TOKENS, NO_USAGE, type TokenUsage } from '../../money/usage.ts';
import { createOperator } from '../../operator/index.ts';
import { readSubjectUsage } from '../../proxy/subjects.ts';
import { type Client, NOON, openStoreWithAside, type Platform, startPlatform } from '../fixtures/platform.ts';

let books: Awaited<ReturnType<typeof openStoreWithAside>>;
let platform: Platform;
let alice: Client;
let workspaceId: string;

const CALLS = 3;
const PLENTY_MICRO = 10n ** 17n;

beforeAll(async () => {
  books = await openStoreWithAside();
  platform = await startPlatform({ store: books.store });
  alice = await platform.join();
  workspaceId = await alice.workspace();
  // On two days and in three minutes, so that rows are summed up.
  for (let call = 0; call < CALLS; call += 1) await settled(`h-${call}`, 1n, 1, NOON - call * 13 * 3_600_000);
  await held('h-open', NOON);
  await held('h-decided', NOON);
  await books.store.markUncertain('h-decided', 'test', NOON);
  const by = { operator: 'test', reason: 'test', evidenceSha256: null, at: NOON };
  const decision = { kind: 'settle', costMicro: 1n, usage: NO_USAGE } as const;
  await books.store.reconcile({ holdId: 'h-decided', decision, ...by });
  await books.store.adjustCredits(alice.accountId, 1n, 'test', NOON);
});
afterAll(async () => {
  await platform.close();
  await books.remove();
});

async function held(holdId: string, at: number): Promise<void> {
  const call = { accountId: alice.accountId, workspaceId, mode: 'managed', provider: 'openai', model: 'm' } as const;
  await books.store.admit({ ...call, holdId, amountMicro: 1n, subject: { name: 'sue', limits: [] }, at });
}

function toUsage(tokens: number): TokenUsage {
  const ofEach = Object.keys(NO_USAGE).map((count) => [count, tokens]);
  return Object.fromEntries(ofEach);
}

async function settled(holdId: string, costMicro: bigint, tokens: number, at: number) {
  await held(holdId, at);
  return books.store.settle({ holdId, costMicro, usage: toUsage(tokens), at });
}

/** Asks for everything in which an account or an operator sees a stored number. */
async function expectAnswers(): Promise<void> {
  const usage = (path: string) => [`${path}/metrics?range=7d`, `${path}/metrics/summary?range=7d`];
  const paths = [
    '/users/me/credits',
    '/users/me/limits',
    '/users/me/ai-usage',
    ...usage('/users/me/ai-usage'),
    ...usage(`/workspaces/${workspaceId}/ai-usage`),
  ];
  for (const path of paths) {
    const { status, text } = await alice.get(path);
    expect(status, `${path}: ${text}`).toBe(200);
  }
  const { store } = books;
  const query = new URLSearchParams({ subject: 'sue', window: '7d' });
  expect(await readSubjectUsage(query, { accountId: alice.accountId, at: NOON }, store)).toMatchObject({
    kind: 'usage',
  });
  const judge = createBooksJudge();
  await store.inspect(judge);
  expect(judge.report().accounts).toHaveLength(1);
  expect(await store.openHolds()).toHaveLength(1);
  expect(await store.reconciliations()).toHaveLength(1);
  expect(await store.ledger(alice.accountId)).not.toHaveLength(0);
  const operator = createOperator({
    openHoldTotals: () => store.openHoldTotals(),
    probeStore: () => store.getAccount(''),
    isClosing: () => false,
  });
  expect(await operator.register.metrics()).toContain('rigkit_store_up 1');
}

const COLUMNS: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['accounts', ['balance_micro', 'granted_micro', 'monthly_credits_micro']],
  ['holds', ['amount_micro', 'cost_micro', 'input_tokens', 'cached_input_tokens', 'output_tokens']],
  ['usage_days', ['requests', 'input_tokens', 'output_tokens', 'cost_micro']],
  ['usage_minutes', ['requests', 'input_tokens', 'output_tokens', 'cost_micro']],
];
const LARGEST = [2n ** 53n, 2n ** 62n, 2n ** 63n - 1n];
const cases = COLUMNS.flatMap(([table, columns]) =>
  columns.flatMap((column) => LARGEST.map((number): [string, string, bigint] => [table, column, number])),
);

describe('no stored number breaks an answer', () => {
  it.each([...cases, ['accounts', 'balance_micro', -(2n ** 63n)]])('in all rows of %s.%s: %d', async (...stored) => {
    const [table, column, number] = stored;
    // A hold has a cost when it is settled.
    const rows = table === 'holds' && column === 'cost_micro' ? "where state = 'settled'" : '';
    await books.aside(`update ${table} set ${column} = ${number} ${rows}`);
    await expectAnswers().finally(() => books.aside(`update ${table} set ${column} = 1 ${rows}`));
  });

  it('in entries of the ledger, which are never changed', async () => {
    for (const amount of [2n ** 61n, 2n ** 61n, -(2n ** 62n)]) {
      await books.store.adjustCredits(alice.accountId, amount, 'test', NOON);
      await expectAnswers();
    }
  });
});

describe('the books take what a call can have, and no more', () => {
  it('at its largest, of which a day and a subject have many', async () => {
    await books.aside(`update accounts set balance_micro = ${PLENTY_MICRO}`);
    for (let call = 0; call < 20; call += 1) {
      await settled(`l-${call}`, MAX_CALL_MICRO, MAX_CALL_TOKENS, NOON - call * 60_000);
    }
    await expectAnswers();
  });

  it.each<[string, bigint, number]>([
    ['a cost', MAX_CALL_MICRO + 1n, 1],
    ['a count', 1n, MAX_CALL_TOKENS + 1],
    ['a count below zero', 1n, -1],
    ['a fraction', 1n, 0.5],
    ['no number', 1n, Number.NaN],
  ])('and refuse %s beyond, with nothing changed', async (what, costMicro, tokens) => {
    await books.aside(`update accounts set balance_micro = ${PLENTY_MICRO}`);
    await expect(settled(`r-${what}`, costMicro, tokens, NOON)).rejects.toThrow(RangeError);
    expect(await books.store.findHold(`r-${what}`)).toMatchObject({ state: 'held', costMicro: 0n });
  });
});
