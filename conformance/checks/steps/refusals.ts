import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { AnsweredCall } from '../../http/http-call.ts';
import { givenThat, wantEqual, wantShape, wantStatus } from '../../http/want.ts';
import { credentialHeader } from '../../platform/callers.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import type { ProviderStub } from '../../platform/stub.ts';
import { documentedProxy } from '../documented.ts';
import { type CallOptions, callAi, chargeMicro, givenBalance, USAGE, wantCharge } from './metering.ts';
import type { RouteBody } from './route-bodies.ts';

/** The error body that the official SDK of each API reads. */
export const envelopes: Readonly<Record<ProviderName, () => z.ZodType>> = {
  openai: () => documentedProxy('OpenAiErrorBody'),
  anthropic: () => documentedProxy('AnthropicErrorBody'),
  google: () => documentedProxy('GeminiErrorBody'),
};

/** The provider never heard of the check's call. */
export async function wantNothingForwarded(stub: ProviderStub, answered: AnsweredCall): Promise<void> {
  wantEqual('number of calls that reached the provider', (await stub.calls()).length, 0, answered);
}

/** A call of the account without credits: less is left there than the call may cost. */
export async function callWithoutCredits(
  t: Context,
  provider: ProviderName,
  options: CallOptions = {},
): Promise<{ answered: AnsweredCall; stub: ProviderStub }> {
  const stub = await t.stub(provider);
  await givenExhausted(t, chargeMicro(t.model(provider).price, { input: 0, output: MAX_TOKENS }));
  const answered = await callAi(t, await t.proxyAs('exhausted'), provider, { maxTokens: MAX_TOKENS, ...options });
  return { answered, stub };
}

const MAX_TOKENS = 64;

/** The same on any route of the provider, whose call may cost as little as one token of input. */
export async function postWithoutCredits(
  t: Context,
  provider: ProviderName,
  path: string,
  body: RouteBody,
): Promise<{ answered: AnsweredCall; stub: ProviderStub }> {
  const stub = await t.stub(provider);
  const { name, price } = t.model(provider);
  await givenExhausted(t, chargeMicro(price, { input: 1, output: 0 }));
  const caller = (await t.proxyAs('exhausted')).shaped(provider);
  return { answered: await caller.post(fillModel(path, name), body(t.marker, name)), stub };
}

/** What is left of the account without credits, where it can be read, is less than the call may cost. */
export async function givenExhausted(t: Context, leastBoundMicro: bigint): Promise<void> {
  if (t.config.accounts.exhausted?.apiKey === undefined) return;
  const left = await givenBalance(t.as('exhausted'));
  givenThat(left < leastBoundMicro, `the account accounts.exhausted is not exhausted: it has ${left} microcredits`);
}

/** A route's path with the model in its place, where it has one. */
export function fillModel(path: string, model: string): string {
  return path.replace('{model}', encodeURIComponent(model));
}

export interface Route {
  readonly shape: ProviderName;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** With this prompt in it, so that the stub can tell the call. */
  readonly body?: RouteBody;
}

/** A workspace key that was never issued is answered 401 in the API's own envelope, and nothing is forwarded. */
export async function wantUnknownKeyRefused(t: Context, route: Route): Promise<void> {
  const stub = await t.stub(route.shape);
  const unknownKey = credentialHeader(route.shape, `rb_${randomBytes(24).toString('hex')}`);
  const model = t.model(route.shape).name;
  const path = fillModel(route.path, model);
  const headers = [unknownKey, ...(route.shape === 'anthropic' ? [ANTHROPIC_VERSION] : [])];
  const answered =
    route.method === 'GET'
      ? await t.anonymousProxy.get(path, { headers })
      : await t.anonymousProxy.post(path, route.body?.(t.marker, model) ?? {}, { headers });
  wantStatus(answered, 401);
  wantShape(answered, envelopes[route.shape]());
  await wantNothingForwarded(stub, answered);
  const listings = (await stub.callsSinceStart()).filter((call) => call.operation === 'models');
  wantEqual('number of model lists asked of the provider', listings.length, 0, answered);
}

const ANTHROPIC_VERSION = ['anthropic-version', '2023-06-01'] as const;

/** A call that is sent to the provider-native route reaches the provider and costs what it costs elsewhere. */
export async function wantSameOnNativeRoute(
  t: Context,
  provider: ProviderName,
  path: string,
  body: RouteBody,
  usage = USAGE,
): Promise<void> {
  const stub = await t.stub(provider);
  const { answered } = await wantCharge(t, provider, usage, (caller) =>
    caller.shaped(provider).post(path, body(t.marker, t.model(provider).name)),
  );
  wantStatus(answered, 200);
  wantEqual('number of calls at the provider', (await stub.calls()).length, 1, answered);
}
