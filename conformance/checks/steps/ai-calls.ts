import type { ProviderName } from '../../runner/config.ts';
import type { Answered } from '../../runner/exchange.ts';
import type { Need } from '../../runner/needs.ts';
import { givenStatus } from '../../runner/want.ts';
import type { Context } from '../../world/context.ts';
import type { ProxyCaller } from '../../world/proxy-caller.ts';
import { type AiCallOptions, aiCall } from '../../world/shapes.ts';

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
): Promise<Answered> {
  const { path, body } = aiCall(provider, { model: t.model(provider).name, prompt: t.marker, ...options });
  return caller.shaped(provider).post(path, { ...body, ...extra }, { headers });
}

/** A call that the check builds on: it has to succeed. */
export async function givenAiCall(...call: Parameters<typeof callAi>): Promise<Answered> {
  return givenStatus(await callAi(...call), 200);
}
