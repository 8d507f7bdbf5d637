import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import type { Caller } from '../../http/caller.ts';
import { Unverified } from '../../http/errors.ts';
import type { AnsweredCall } from '../../http/http-call.ts';
import { givenShape, givenStatus, wantEqual } from '../../http/want.ts';
import { type AiCallOptions, aiCall } from '../../platform/ai-call.ts';
import type { ProxyCaller } from '../../platform/callers.ts';
import type { Need, Price, ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';

/** What a check needs that has the stub answer calls of this provider. */
export function stubbed(provider: ProviderName): readonly Need[] {
  return ['proxy', 'stub', `price:${provider}`];
}

export interface CallOptions extends Partial<AiCallOptions> {
  /** Fields that replace and add to those of the body. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: readonly (readonly [string, string])[];
}

/** A generating call of the check, by its marker, on the shape's main route. */
export function callAi(
  t: Context,
  caller: ProxyCaller,
  provider: ProviderName,
  { body: extra = {}, headers = [], ...options }: CallOptions = {},
): Promise<AnsweredCall> {
  const { path, body } = aiCall(provider, { model: t.model(provider).name, prompt: t.marker, ...options });
  return caller.shaped(provider).post(path, { ...body, ...extra }, { headers });
}

/** A call that the check builds on: it has to succeed. */
export async function givenAiCall(...call: Parameters<typeof callAi>): Promise<AnsweredCall> {
  return givenStatus(await callAi(...call), 200);
}

export type ScriptedUsage = NonNullable<ScriptRule['respond']['usage']>;

/** Odd counts, so that one that is dropped, doubled or taken for another shows in the charge. */
export const USAGE: ScriptedUsage = { inputTokens: 37, outputTokens: 41 };

/** The stub reports cache reads and writes as parts of the input, reasoning as a part of the output, thoughts apart. */
export function toBilledTokens(usage: ScriptedUsage): BilledTokens {
  const { cachedInputTokens = 0, cacheWrite5mTokens = 0, cacheWrite1hTokens = 0, thoughtsTokens = 0 } = usage;
  return {
    input: usage.inputTokens - cachedInputTokens - cacheWrite5mTokens - cacheWrite1hTokens,
    cachedInput: cachedInputTokens,
    cacheWrite5m: cacheWrite5mTokens,
    cacheWrite1h: cacheWrite1hTokens,
    output: usage.outputTokens + thoughtsTokens,
  };
}

/**
 * A call for which the provider reports this usage lowers the balance by exactly its price, and has done so when its
 * answer, or the end of its stream, is here.
 */
export async function wantExactCharge(
  t: Context,
  provider: ProviderName,
  usage: ScriptedUsage = USAGE,
  options: CallOptions = {},
): Promise<void> {
  await wantCharge(t, provider, usage, (caller) => givenAiCall(t, caller, provider, options));
}

/** The same of any call. Answers it with its price in microcredits. */
export async function wantCharge(
  t: Context,
  provider: ProviderName,
  usage: ScriptedUsage,
  call: (caller: ProxyCaller) => Promise<AnsweredCall>,
): Promise<{ readonly answered: AnsweredCall; readonly costMicro: bigint }> {
  const stub = await t.stub(provider);
  const caller = await t.proxy();
  await stub.script({ usage });
  const { result, spent } = await spentDuring(t.funded, () => call(caller));
  const costMicro = chargeMicro(t.model(provider).price, toBilledTokens(usage));
  wantEqual('fall of remaining_micro', `${spent}`, `${costMicro}`, result);
  return { answered: result, costMicro };
}

/** Tokens of one call, in parts that do not overlap. */
export interface BilledTokens {
  /** Input at the full price. */
  readonly input: number;
  readonly cachedInput?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  readonly output: number;
}

/** Microcredits in one US dollar: 100 credits of a million each. */
const MICRO_PER_USD = 100_000_000n;
const TOKENS_PER_PRICE = 1_000_000n;

/**
 * What a call costs: its price in USD times 100,000,000, rounded up once. Prices are decimal
 * numbers, so they are read digit by digit and summed as integers; no float takes part.
 */
export function chargeMicro(price: Price, tokens: BilledTokens): bigint {
  const cacheWrite5m = price.cache_write_5m ?? price.input;
  const parts: readonly (readonly [number, number])[] = [
    [tokens.input, price.input],
    [tokens.cachedInput ?? 0, price.cached_input ?? price.input],
    [tokens.cacheWrite5m ?? 0, cacheWrite5m],
    [tokens.cacheWrite1h ?? 0, price.cache_write_1h ?? cacheWrite5m],
    [tokens.output, price.output],
  ];
  const decimals = parts.map(([count, usd]) => ({ count: BigInt(count), ...parseDecimal(usd) }));
  const scale = Math.max(...decimals.map((decimal) => decimal.scale));
  const total = decimals.reduce((sum, part) => sum + part.count * part.digits * 10n ** BigInt(scale - part.scale), 0n);
  return divideUp(total * MICRO_PER_USD, TOKENS_PER_PRICE * 10n ** BigInt(scale));
}

/** `2.5` is 25 with one digit after the point; `7.5e-8` is 75 with nine. */
function parseDecimal(value: number): { readonly digits: bigint; readonly scale: number } {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/** The exact balance of an account, in microcredits. */
export async function givenBalance(caller: Caller): Promise<bigint> {
  const body = z.object({ remaining_micro: z.int() });
  return BigInt(givenShape(await caller.get('/users/me/credits'), body).remaining_micro);
}

/** What an account's balance fell by while `work` was done. */
export async function spentDuring<T>(caller: Caller, work: () => Promise<T>): Promise<{ result: T; spent: bigint }> {
  const before = await givenBalance(caller);
  const result = await work();
  return { result, spent: before - (await givenBalance(caller)) };
}

const PAUSE_MS = 20;
const DEFAULT_LIMIT_MS = 5_000;

/** Waits until something holds that the check builds on. */
export async function until(holds: () => Promise<boolean>, what: string, limitMs = DEFAULT_LIMIT_MS): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Unverified(`waited ${limitMs / 1000} s in vain for ${what}`);
    await sleep(PAUSE_MS);
  }
}
