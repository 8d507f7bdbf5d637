import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { ProviderName } from '../../runner/config.ts';
import { documentedProxy } from '../../runner/documented.ts';
import type { Answered } from '../../runner/exchange.ts';
import { givenThat, wantEqual, wantShape, wantStatus } from '../../runner/want.ts';
import type { Context } from '../../world/context.ts';
import type { ProviderStub } from '../../world/provider-stub.ts';
import { credentialHeader } from '../../world/proxy-caller.ts';
import { callAi } from './ai-calls.ts';
import { givenBalance } from './balance.ts';
import { chargeMicro } from './charge.ts';

/** The error body that the official SDK of each API reads. */
export const envelopes: Readonly<Record<ProviderName, () => z.ZodType>> = {
  openai: () => documentedProxy('OpenAiErrorBody'),
  anthropic: () => documentedProxy('AnthropicErrorBody'),
  google: () => documentedProxy('GeminiErrorBody'),
};

/** The provider never heard of the check's call. */
export async function wantNothingForwarded(stub: ProviderStub, answered: Answered): Promise<void> {
  wantEqual('number of calls that reached the provider', (await stub.calls()).length, 0, answered);
}

/** A call of the account without credits: less is left there than the call may cost. */
export async function callWithoutCredits(
  t: Context,
  provider: ProviderName,
): Promise<{ answered: Answered; stub: ProviderStub }> {
  const stub = await t.stub(provider);
  if (t.config.accounts.exhausted?.apiKey !== undefined) {
    const left = await givenBalance(t.as('exhausted'));
    const { price } = t.model(provider);
    const leastBound = chargeMicro(price, { input: 0, output: MAX_TOKENS });
    givenThat(left < leastBound, `the account accounts.exhausted is not exhausted: it has ${left} microcredits`);
  }
  const answered = await callAi(t, await t.proxyAs('exhausted'), provider, { maxTokens: MAX_TOKENS });
  return { answered, stub };
}

const MAX_TOKENS = 64;

export interface Route {
  readonly shape: ProviderName;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** With this prompt in it, so that the stub can tell the call. */
  readonly body?: (prompt: string, model: string) => object;
}

/** A workspace key that was never issued is answered 401 in the API's own envelope, and nothing is forwarded. */
export async function wantStrangerRefused(t: Context, route: Route): Promise<void> {
  const stub = await t.stub(route.shape);
  const stranger = credentialHeader(route.shape, `rb_${randomBytes(24).toString('hex')}`);
  const model = t.model(route.shape).name;
  const path = route.path.replace('{model}', encodeURIComponent(model));
  const headers = [stranger, ...(route.shape === 'anthropic' ? [ANTHROPIC_VERSION] : [])];
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
