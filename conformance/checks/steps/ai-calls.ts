import type { Answered } from '../../http/http-call.ts';
import { givenStatus } from '../../http/want.ts';
import { type AiCallOptions, aiCall } from '../../platform/ai-call.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import type { Need } from '../../platform/needs.ts';
import type { ProxyCaller } from '../../platform/proxy-caller.ts';

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
