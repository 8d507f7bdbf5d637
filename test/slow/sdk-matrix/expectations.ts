import { expect } from 'vitest';
import { billedCost, listedCost, totalsOf } from './oracle.ts';
import { ANSWER_TEXT } from './scenarios.ts';
import type { Answer, CostPlace, Driver, Ending } from './sdks/driver.ts';
import type { Cell } from './table.ts';
import type { Outcome, Witnessed } from './witness.ts';

const NOTHING_COUNTED = { requests: 0, inputTokens: 0, outputTokens: 0, costMicro: 0n };

/** What one call of a driver costs, by the provider's bill or by the list. */
export function costOf({ model, reported, billedPicoUsd }: Driver): bigint {
  return billedPicoUsd === undefined ? listedCost(model, reported) : billedCost(billedPicoUsd);
}

/** The SDK's user gets the answer, or the SDK's own error with a message for people. */
export function expectEnding(cell: Cell, ending: Ending, outcome: Outcome): void {
  const { driver, way, scenario } = cell;
  if (ending.kind === 'raised') {
    expectError(ending, scenario.fault?.(way).status, outcome);
    return;
  }
  if (outcome.kind === 'raised') throw outcome.error;
  const { answer } = outcome;
  switch (ending.kind) {
    case 'answered':
      expectAnswer(cell, answer);
      break;
    case 'told':
      expect(answer.failure).toBe(ending.message);
      expectShownCost(driver.showsCost[way], answer, costOf(driver));
      break;
  }
}

function expectError(ending: Extract<Ending, { kind: 'raised' }>, status: number | undefined, outcome: Outcome): void {
  if (outcome.kind === 'answered') throw new Error(`nothing was raised: ${JSON.stringify(outcome.answer)}`);
  const { error } = outcome;
  if (!(error instanceof ending.type)) throw error;
  // Not a class below it either. By name, because zod's errors deny their constructor.
  expect(error.constructor.name).toBe(ending.type.name);
  if (ending.isWrapped) expect(error.message).toContain(ending.message);
  else expect(error.message).toBe(ending.message);
  if (status !== undefined) expect(statusOf(error)).toBe(status);
}

function statusOf(error: object): unknown {
  if ('status' in error) return error.status;
  return 'statusCode' in error ? error.statusCode : undefined;
}

function expectAnswer({ driver, way, scenario }: Cell, answer: Answer): void {
  expect(answer.text).toBe(driver.answerText ?? ANSWER_TEXT);
  expect(answer.usage).toEqual(totalsOf(driver.reported));
  expectShownCost(driver.showsCost[way], answer, scenario.takes === 'cost' ? costOf(driver) : 0n);
}

/** Where the SDK lets its user see the cost, it is the charge, in both units. */
function expectShownCost(places: readonly CostPlace[], { cost }: Answer, chargeMicro: bigint): void {
  const micro = Number(chargeMicro);
  const credits = micro / 1_000_000;
  expect(cost).toEqual({
    ...(places.includes('headers') && { headers: { micro: String(micro), credits: String(credits) } }),
    ...(places.includes('fields') && { fields: { micro, credits } }),
  });
}

/** What the account has less is what the oracle says, and the usage tells the same story. */
export function expectMoney({ driver, scenario }: Cell, { takenMicro, counted, leftOpen, caller }: Witnessed): void {
  const chargedMicro = scenario.takes === 'cost' ? costOf(driver) : 0n;
  const { workspaceId } = caller;
  if (scenario.takes === 'hold') {
    expect(leftOpen).toMatchObject([{ state: 'uncertain', amountMicro: takenMicro, workspaceId }]);
    expect(takenMicro).toBeGreaterThanOrEqual(worstCase(driver));
  } else {
    expect(leftOpen).toEqual([]);
    expect(takenMicro).toBe(chargedMicro);
  }
  expect(counted).toEqual(
    scenario.isCounted ? { requests: 1, ...totalsOf(driver.reported), costMicro: chargedMicro } : NOTHING_COUNTED,
  );
}

/** The provider could have reported as many tokens as the request allows. */
function worstCase({ model, reported, outputLimit }: Driver): bigint {
  return listedCost(model, { inputTokens: reported.inputTokens, outputTokens: outputLimit });
}

/** The provider is called once or never, with the right key, and never sees the caller's. */
export function expectForwarding({ scenario }: Cell, { stubCalls, caller }: Witnessed): void {
  expect(stubCalls.length).toBe(scenario.isForwarded ? 1 : 0);
  for (const call of stubCalls) {
    expect(call.credential).toMatch(caller.providerKey);
    expect(JSON.stringify(call)).not.toContain(caller.key);
  }
}
