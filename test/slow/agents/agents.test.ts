import { describe, expect, it } from 'vitest';
import { createTenant, type Tenant } from '../../harness/accounts.ts';
import { chargeAt } from '../../harness/cost.ts';
import { useFixture } from '../../harness/fixture.ts';
import { openSite, type Site } from '../../harness/platform.ts';
import { until } from '../../harness/wait.ts';
import { createPriceBook } from '../../soak/prices/price-book.ts';
import { type Agent, chatAgent, geminiAgent, messagesAgent, responsesAgent, searchingAgent } from './agents.ts';

/** What a free account has in a month. */
const FREE_MICRO = 250_000_000n;
const TURNS = 10;
/** When the caller goes: as soon as the answer begins, or before it does. */
type Leaving = 'begun' | 'waiting';
/** The turns that are asked a second time, because the caller left the first. */
const LEAVES: Readonly<Record<number, Leaving>> = { 3: 'begun', 6: 'waiting', 9: 'begun' };
const book = createPriceBook({}, Date.now());

type Row = readonly [sdk: string, model: string, open: typeof searchingAgent];
/** 128,000 tokens of its answer cost more than the account has. */
const DEAREST: Row = ['openai responses', 'gpt-5.5', responsesAgent];
const AGENTS: readonly Row[] = [
  DEAREST,
  ['openai responses', 'gpt-5.4', searchingAgent],
  ['openai responses', 'gpt-5-mini', searchingAgent],
  ['openai chat', 'gpt-5.4', chatAgent],
  ['openai chat', 'gpt-5', chatAgent],
  ['@anthropic-ai/sdk', 'claude-sonnet-4-6', messagesAgent],
  ['@anthropic-ai/sdk', 'claude-opus-4-6', messagesAgent],
  ['@google/genai', 'gemini-2.5-pro', geminiAgent],
  ['@google/genai', 'gemini-3-pro-preview', geminiAgent],
];

/** What the provider reports for a turn: the conversation grows, and most of it is cached. */
function usageOfTurn({ maker }: Agent, turn: number) {
  const inputTokens = 5_000 + 1_500 * turn;
  const fresh = 1_300 + turn;
  return {
    inputTokens,
    cachedInputTokens: inputTokens - fresh,
    outputTokens: 900 + 7 * turn,
    reasoningTokens: maker === 'google' ? 0 : 500,
    thoughtsTokens: maker === 'google' ? 500 : 0,
    ...(maker === 'anthropic' && { cacheWrite5mTokens: fresh - 3 }),
  };
}

function costOfTurn(agent: Agent, turn: number): bigint {
  const usage = usageOfTurn(agent, turn);
  const { inputTokens: input, cachedInputTokens: cached, cacheWrite5mTokens: write5m = 0 } = usage;
  const output = usage.outputTokens + usage.thoughtsTokens;
  const used = { input, cached, write5m, write1h: 0, output, searches: 0 };
  return chargeAt(book.priceOf(agent.maker, agent.model, input), used);
}

/** One call, which its caller sees the end of or leaves. */
async function call(
  site: Site,
  agent: Agent,
  turn: Omit<Parameters<Agent['ask']>[0], 'signal' | 'onBegun'>,
  leaves?: Leaving,
) {
  const away = new AbortController();
  const delayMs = { beforeHeaders: leaves === 'waiting' ? 100 : 0, betweenChunks: leaves === 'begun' ? 20 : 0 };
  // The platform may let the provider count the input before.
  const operation = agent.operation(turn.streamed);
  const seen = () => site.stub.calls.filter((recorded) => recorded.operation === operation).length;
  const seenBefore = seen();
  site.stub.script({ match: { operation }, respond: { usage: usageOfTurn(agent, turn.number), chunks: 6, delayMs } });
  const asking = agent.ask({
    ...turn,
    signal: away.signal,
    onBegun: () => leaves === 'begun' && away.abort(),
  });
  if (leaves === 'waiting') {
    await until(() => seen() > seenBefore);
    away.abort();
  }
  if (leaves === undefined) await asking;
  else await expect(asking).rejects.toThrow(/abort/i);
}

/** All turns. Returns what they must have cost. */
async function work(site: Site, agent: Agent, cap: number): Promise<bigint> {
  let costMicro = 0n;
  for (let number = 1; number <= TURNS; number += 1) {
    const turn = { number, cap, streamed: number % 2 === 1 };
    const leaves = LEAVES[number];
    if (leaves !== undefined) {
      await call(site, agent, turn, leaves);
      costMicro += costOfTurn(agent, number);
      await settled(site);
    }
    await call(site, agent, turn);
    costMicro += costOfTurn(agent, number);
  }
  await settled(site);
  return costMicro;
}

async function settled({ store }: Site): Promise<void> {
  await until(async () => (await store.openHolds()).every(({ state }) => state !== 'held'));
}

async function remaining({ store }: Site, { accountId }: Tenant): Promise<bigint> {
  return (await store.credits(accountId, Date.now())).remainingMicro;
}

function openPlatform(settings: Readonly<Record<string, string>>): Site {
  return useFixture(
    () => openSite({ settings: () => settings }),
    ({ stub }) => stub.reset(),
    (opened) => opened.close(),
  );
}

async function employ(site: Site, [, model, open]: Row) {
  const tenant = await createTenant(site.store, model, FREE_MICRO);
  return { tenant, agent: open({ proxy: site.proxy, key: tenant.workspaceKey, model }) };
}

async function expectExplained(site: Site, row: Row, cap: number): Promise<void> {
  const { tenant, agent } = await employ(site, row);
  const costMicro = await work(site, agent, cap);
  expect(await remaining(site, tenant)).toBe(FREE_MICRO - costMicro);
  expect(await site.store.openHolds()).toEqual([]);
}

describe('on a full free account, with caps of 32,000', () => {
  const site = openPlatform({});

  it.each(AGENTS)('%s works ten turns with %s, and every microcredit is explained', async (...row) => {
    await expectExplained(site, row, 32_000);
  });

  it('a cap of 128,000 is refused where the credits do not cover it', async () => {
    const { agent } = await employ(site, DEAREST);
    await expect(call(site, agent, { number: 1, cap: 128_000, streamed: true })).rejects.toThrow(/^402 /);
  });
});

describe('on a full free account, with caps of 128,000 that are made to fit', () => {
  const site = openPlatform({ RIGKIT_FIT_OUTPUT_CAP: 'on' });

  it.each(AGENTS)('%s works ten turns with %s, and every microcredit is explained', async (...row) => {
    await expectExplained(site, row, 128_000);
  });

  it('the dearest model is asked for less', async () => {
    await expectExplained(site, DEAREST, 128_000);
    const calls = site.stub.calls.filter(({ operation }) => operation === 'responses');
    const caps = calls.map(({ body }) => (body as { readonly max_output_tokens: number }).max_output_tokens);
    expect(Math.max(...caps)).toBeLessThan(128_000);
    expect(Math.min(...caps)).toBeGreaterThan(10_000);
  });
});
