import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargeForBill, countedTokens, expectedMicro } from '../../harness/cost.ts';
import { type Seen, startPlatforms } from './platforms.ts';
import { ANSWER_TEXT, type Scenario, scenarios } from './scenarios.ts';
import { type CostPlace, type Driver, type Ending, type SdkAnswer, WAYS, type Way } from './sdks/driver.ts';
import { drivers, retryHabits } from './sdks/index.ts';

/** One call of the matrix. */
interface Cell {
  readonly driver: Driver;
  readonly way: Way;
  readonly scenario: Scenario;
}

/** The matrix on one engine: every SDK, buffered and streamed, in every scenario. */
export function describeMatrix(engine: string, databaseUrl: () => Promise<string | undefined>): void {
  describe(`the official SDKs on ${engine}`, () => {
    let platforms: Awaited<ReturnType<typeof startPlatforms>>;
    beforeAll(async () => {
      platforms = await startPlatforms(await databaseUrl());
    });
    afterAll(() => platforms?.close());

    describe.each(drivers)('$name', (driver) => {
      const cells = WAYS.filter((way) => typeof driver.ask[way] === 'function').flatMap((way) =>
        scenarios.map((scenario) => ({ way, scenario, fact: scenario.fact })),
      );
      it.each(cells)('$way, a call $fact', async ({ way, scenario }) => {
        const mode = scenario.caller === 'byok' ? 'byok' : 'managed';
        const ending = driver.ends({ way, mode, failure: scenario.failure?.(way) });
        const rules = [{ respond: scenario.provider(driver, way) }];
        const seen = await platforms.call({ driver, way, who: scenario.caller, rules, retries: 'none' });
        const cell = { driver, way, scenario };
        expectEnding(cell, ending, seen.outcome);
        expectMoney(cell, seen);
        expectForwarding(cell, seen);
      });
    });

    describe('the retries that each SDK comes with', () => {
      const answers = (driver: Driver) => ({ respond: { text: ANSWER_TEXT, usage: driver.reported } });
      const call = (driver: Driver, ...rules: Parameters<typeof platforms.call>[0]['rules']) =>
        platforms.call({ driver, way: 'buffered', who: 'funded', rules, retries: 'default' });

      for (const { driver, afterRefusal, afterUncertain } of retryHabits) {
        const tries = (calls: number) => `${driver.name} ${calls === 2 ? 'tries again' : 'leaves it at one call'}`;

        it(`${tries(afterRefusal)} where the provider refused, and is charged for what was answered only`, async () => {
          const refusal = { error: { status: 503, message: 'Later.', headers: { 'retry-after-ms': '1' } } };
          const seen = await call(driver, { respond: refusal }, answers(driver));
          const isAnswered = afterRefusal === 2;
          expect(seen.outcome.kind).toBe(isAnswered ? 'answered' : 'raised');
          expect(seen.stubCalls.length).toBe(afterRefusal);
          expect(seen.leftOpen).toEqual([]);
          expect(seen.takenMicro).toBe(isAnswered ? costMicro(driver) : 0n);
          expect(seen.counted.requests).toBe(isAnswered ? 1 : 0);
        });

        it(`${tries(afterUncertain)} where the answer broke off, and each call has a hold of its own`, async () => {
          const seen = await call(driver, { respond: { disconnect: { afterChunks: 1 } } }, answers(driver));
          const isAnswered = afterUncertain === 2;
          expect(seen.outcome.kind).toBe(isAnswered ? 'answered' : 'raised');
          expect(seen.stubCalls.length).toBe(afterUncertain);
          expect(seen.leftOpen).toMatchObject([{ state: 'uncertain' }]);
          const heldMicro = seen.leftOpen[0]?.boundMicro ?? 0n;
          expect(seen.takenMicro).toBe(heldMicro + (isAnswered ? costMicro(driver) : 0n));
          expect(seen.counted.requests).toBe(isAnswered ? 1 : 0);
        });
      }
    });

    it('what the ledger adds up to after all of it is what is left and what is held', async () => {
      for (const { ledgerMicro, remainingMicro, openHoldsMicro } of await platforms.books()) {
        expect(ledgerMicro).toBe(remainingMicro + openHoldsMicro);
      }
    });
  });
}

/** What one call of a driver costs, by the provider's bill or by the list. */
function costMicro({ model, reported, billedUsd }: Driver): bigint {
  return billedUsd === undefined ? expectedMicro(model, reported) : chargeForBill(billedUsd);
}

/** The SDK's user gets the answer, or the SDK's own error with a message for people. */
function expectEnding(cell: Cell, ending: Ending, outcome: Seen['outcome']): void {
  const { driver, way, scenario } = cell;
  if (ending.kind === 'raised') {
    expectError(ending, scenario.failure?.(way).status, outcome);
    return;
  }
  if (outcome.kind === 'raised') throw outcome.error;
  const { answer } = outcome;
  if (ending.kind === 'told') {
    expect(answer.failure).toBe(ending.message);
    expectShownCost(driver.showsCost[way], answer, costMicro(driver));
    return;
  }
  expect(answer.text).toBe(driver.answerText ?? ANSWER_TEXT);
  expect(answer.usage).toEqual(countedTokens(driver.reported));
  expectShownCost(driver.showsCost[way], answer, scenario.takes === 'cost' ? costMicro(driver) : 0n);
}

function expectError(
  ending: Extract<Ending, { kind: 'raised' }>,
  status: number | undefined,
  outcome: Seen['outcome'],
): void {
  if (outcome.kind === 'answered') throw new Error(`nothing was raised: ${JSON.stringify(outcome.answer)}`);
  const { error } = outcome;
  if (!(error instanceof ending.type)) throw error;
  // Not a class below it either. By name, because zod's errors deny their constructor.
  expect(error.constructor.name).toBe(ending.type.name);
  const message = error.message.replace(/[\d.]+ credits, and [\d.]+ are/, 'N credits, and N are');
  if (ending.isWrapped) expect(message).toContain(ending.message);
  else expect(message).toBe(ending.message);
  const shown = 'status' in error ? error.status : 'statusCode' in error ? error.statusCode : undefined;
  if (status !== undefined) expect(shown).toBe(status);
}

/** Where the SDK lets its user see the cost, it is the charge, in both units. */
function expectShownCost(places: readonly CostPlace[], { cost }: SdkAnswer, chargeMicro: bigint): void {
  const micro = Number(chargeMicro);
  const credits = micro / 1_000_000;
  expect(cost).toEqual({
    ...(places.includes('headers') && { headers: { micro: String(micro), credits: String(credits) } }),
    ...(places.includes('fields') && { fields: { micro, credits } }),
  });
}

/** What the account has less is what the price list says, and the usage says the same. */
function expectMoney({ driver, scenario }: Cell, { takenMicro, counted, leftOpen, caller }: Seen): void {
  const chargedMicro = scenario.takes === 'cost' ? costMicro(driver) : 0n;
  if (scenario.takes === 'hold') {
    const { workspaceId } = caller;
    expect(leftOpen).toMatchObject([{ state: 'uncertain', boundMicro: takenMicro, workspaceId }]);
    // The provider could have reported as many tokens of output, thoughts among them, as the request allows.
    const output = { outputTokens: driver.outputLimit, thoughtsTokens: 0 };
    const worstMicro = expectedMicro(driver.model, { ...driver.reported, ...output });
    expect(takenMicro).toBeGreaterThanOrEqual(worstMicro);
  } else {
    expect(leftOpen).toEqual([]);
    expect(takenMicro).toBe(chargedMicro);
  }
  expect(counted).toEqual(
    scenario.isCounted
      ? { requests: 1, ...countedTokens(driver.reported), costMicro: chargedMicro }
      : { requests: 0, inputTokens: 0, outputTokens: 0, costMicro: 0n },
  );
}

/** The provider is called once or never, with the right key, and never sees the caller's. */
function expectForwarding({ scenario }: Cell, { stubCalls, caller }: Seen): void {
  expect(stubCalls.length).toBe(scenario.isForwarded ? 1 : 0);
  for (const call of stubCalls) {
    expect(call.credential).toBe(caller.providerKey);
    expect(JSON.stringify(call)).not.toContain(caller.workspaceKey);
  }
}
