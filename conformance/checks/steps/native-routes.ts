import type { ProviderName } from '../../runner/config.ts';
import { wantEqual, wantStatus } from '../../runner/want.ts';
import type { Context } from '../../world/context.ts';
import { aiCall } from '../../world/shapes.ts';
import { spentDuring } from './balance.ts';
import { chargeMicro } from './charge.ts';
import { billedOf, USAGE } from './charging.ts';

/** The shape's main call, sent to the provider-native route, reaches the provider and costs what it costs elsewhere. */
export async function wantSameOnNativeRoute(t: Context, provider: ProviderName, path: string): Promise<void> {
  const stub = await t.stub(provider);
  const caller = (await t.proxy()).shaped(provider);
  const { name, price } = t.model(provider);
  const { body } = aiCall(provider, { model: name, prompt: t.marker });
  await stub.script({ usage: USAGE });
  const { result, spent } = await spentDuring(t.funded, () => caller.post(path, body));
  wantStatus(result, 200);
  wantEqual('number of calls at the provider', (await stub.calls()).length, 1, result);
  wantEqual('fall of remaining_micro', `${spent}`, `${chargeMicro(price, billedOf(USAGE))}`, result);
}
