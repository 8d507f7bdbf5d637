import type { Caller } from '../../http/caller.ts';
import { Unverified } from '../../http/errors.ts';
import { givenThat } from '../../http/want.ts';
import type { ProxyCaller } from '../../platform/callers.ts';
import type { AccountName, Price } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { chargeMicro, givenBalance } from './metering.ts';

/** OpenAI's limit for `n`. */
const MOST_CHOICES = 128;
const DEFAULT_MAX_OUTPUT = 16_384;

/**
 * The account with the fewest credits, but some: a single call can then be larger than what is left. No credits are spent
 * to get there.
 */
export async function scarcePayer(t: Context): Promise<{ readonly caller: ProxyCaller; readonly account: Caller }> {
  const name = await scarceAccount(t);
  return { caller: name === 'other' ? await t.proxyAs('other') : await t.proxy(), account: t.as(name) };
}

/** Two workspaces of that account, as callers. */
export async function scarcePayers(
  t: Context,
): Promise<{ readonly callers: readonly ProxyCaller[]; readonly account: Caller }> {
  const name = await scarceAccount(t);
  const callers = [await t.ownProxy(name), await t.proxyAs(name)];
  const [first, second] = callers;
  givenThat(
    first?.workspaceId !== second?.workspaceId,
    `the configuration does not supply \`accounts.${name}.proxyHeaders\`: a second workspace`,
  );
  return { callers, account: t.as(name) };
}

async function scarceAccount(t: Context): Promise<AccountName> {
  if (t.config.accounts.other?.apiKey === undefined) return 'funded';
  const [others, own] = [await givenBalance(t.as('other')), await givenBalance(t.funded)];
  return others > 0n && others < own ? 'other' : 'funded';
}

/**
 * The body of a call that may cost this much: so many choices of so many tokens at the dearest price. The stub answers
 * it with a few tokens, so that the reservation is large and the charge is small.
 */
export function callOfAtLeast(t: Context, micro: bigint): Readonly<Record<string, unknown>> {
  const [name, price] = dearest(t.config.prices ?? {});
  const maxTokens = price.max_output ?? DEFAULT_MAX_OUTPUT;
  const perChoice = chargeMicro(price, { input: 0, output: maxTokens });
  const choices = perChoice === 0n ? MOST_CHOICES + 1 : Number((micro + perChoice - 1n) / perChoice);
  if (choices > MOST_CHOICES) {
    throw new Unverified(
      'no single call can cost as much as the account has left: supply an `accounts.other` with fewer credits, or the price of a dearer openai model',
    );
  }
  // Spread evenly, so that the bound is not far above what is asked for.
  const n = Math.max(choices, 1);
  const tokens = Math.ceil(maxTokens * (Number(micro) / Number(perChoice * BigInt(n))));
  return {
    model: name,
    n,
    max_tokens: Math.min(tokens + 1, maxTokens),
    messages: [{ role: 'user', content: t.marker }],
  };
}

function dearest(prices: Readonly<Record<string, Price>>): readonly [string, Price] {
  const models = Object.entries(prices).filter(([, price]) => price.provider === 'openai');
  const [first] = models.sort(([, a], [, b]) => b.output - a.output);
  if (first === undefined) throw new Unverified("the configuration's `prices` name no openai model");
  return first;
}
