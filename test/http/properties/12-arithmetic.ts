import { expect } from 'vitest';
import { createPriceSource } from '../../../server/proxy/index.ts';
import type { Bench } from './bench.ts';
import { addsInFloats, discardsSmallCharges, readsBillAsFloat, roundsEveryPart } from './broken/money.ts';
import { CHAT, chat } from './calls.ts';
import { prove } from './prove.ts';

prove(12, 'reckons in integers of a millionth microcredit, rounded up once, however small or large the charge', {
  holds,
  broken: [
    { build: discardsSmallCharges, red: 'one token' },
    { build: addsInFloats, red: 'seven tokens' },
    { build: roundsEveryPart, red: 'two fractions of a microcredit' },
    { build: readsBillAsFloat, red: "the provider's bill of $0.07" },
  ],
});

/** Per token: 1.23457 microcredits, 0.12345 from the cache, 9.87653 for output. */
const ODD = { provider: 'openai', input: 0.0123457, cached_input: 0.0012345, output: 0.0987653 } as const;

interface Case {
  readonly what: string;
  readonly model: 'gpt-4o-mini' | 'odd';
  readonly input: number;
  readonly cached?: number;
  readonly output: number;
  readonly billUsd?: number;
  /** Worked out by hand. */
  readonly micro: string;
}

const CASES: readonly Case[] = [
  { what: 'nothing', model: 'gpt-4o-mini', input: 0, output: 0, micro: '0' },
  { what: 'one token', model: 'gpt-4o-mini', input: 1, output: 0, micro: '15' },
  { what: 'one token from the cache', model: 'gpt-4o-mini', input: 1, cached: 1, output: 0, micro: '8' },
  // 7 x 0.15 is not 1.05 in floats.
  { what: 'seven tokens', model: 'gpt-4o-mini', input: 7, output: 0, micro: '105' },
  { what: 'two fractions of a microcredit', model: 'odd', input: 1, cached: 1, output: 1, micro: '10' },
  { what: 'a sum that is whole', model: 'odd', input: 10_000, output: 210_000, micro: '2086417' },
  { what: 'a thousand million tokens', model: 'odd', input: 1e9, cached: 1, output: 1e9, micro: '11111099999' },
  { what: "the provider's bill of $0.07", model: 'odd', input: 5, output: 5, billUsd: 0.07, micro: '7000000' },
  { what: 'a bill of next to nothing', model: 'odd', input: 5, output: 5, billUsd: 1e-12, micro: '1' },
];

async function holds(bench: Bench): Promise<void> {
  const harness = await bench.open({ prices: createPriceSource({ overrides: { odd: ODD } }) });
  const caller = await harness.caller();
  let leftMicro = await caller.remainingMicro();
  for (const { what, model, input, cached = 0, output, billUsd, micro } of CASES) {
    const usage = { inputTokens: input, cachedInputTokens: cached, outputTokens: output };
    harness.stub.script({ respond: { usage, ...(billUsd !== undefined && { costUsd: billUsd }) } });
    const answer = await harness.post(CHAT, caller, { ...chat, model });
    expect(answer.headers.get('x-rigbox-cost-micro'), `${what}: the cost that is shown`).toBe(micro);
    leftMicro -= BigInt(micro);
    expect(await caller.remainingMicro(), `${what}: what is left`).toBe(leftMicro);
    if (leftMicro < 1_000_000n) {
      await harness.store.adjustCredits(caller.accountId, 20_000_000_000n, 'more', Date.now());
      leftMicro += 20_000_000_000n;
    }
  }
}
