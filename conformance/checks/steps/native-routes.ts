import { wantEqual, wantStatus } from '../../http/want.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { USAGE, wantChargeOf } from './charging.ts';
import type { RouteBody } from './route-bodies.ts';

/** A call that is sent to the provider-native route reaches the provider and costs what it costs elsewhere. */
export async function wantSameOnNativeRoute(
  t: Context,
  provider: ProviderName,
  path: string,
  body: RouteBody,
  usage = USAGE,
): Promise<void> {
  const stub = await t.stub(provider);
  const { answered } = await wantChargeOf(t, provider, usage, (caller) =>
    caller.shaped(provider).post(path, body(t.marker, t.model(provider).name)),
  );
  wantStatus(answered, 200);
  wantEqual('number of calls at the provider', (await stub.calls()).length, 1, answered);
}
