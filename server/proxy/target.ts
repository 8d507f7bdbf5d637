import type { ProviderName } from '../money/prices.ts';
import type { ProxyWorkspace } from './options.ts';
import { type PriceSource, splitName } from './prices/index.ts';
import type { Operation } from './providers/operation.ts';
import { type Refusal, refusal } from './refusals.ts';

/** Who serves a call, and what it calls the model. */
export interface Target {
  readonly kind: 'target';
  readonly provider: ProviderName;
  /** Empty where the operation has no model. */
  readonly model: string;
}

interface Naming {
  readonly operation: Operation;
  /** The provider of a native route. */
  readonly native: ProviderName | undefined;
  readonly named: string | undefined;
  readonly workspace: ProxyWorkspace;
  /** Whether managed calls to the plain OpenAI-shaped routes go to OpenRouter. */
  readonly viaOpenRouter: boolean;
  readonly prices: PriceSource;
  readonly at: number;
}

/**
 * The rule of model names (contract section 4): on a native route, or an API that only one provider speaks, that provider;
 * else the maker before the slash; else the maker whose price list knows the name; else the provider in effect.
 */
export function findTarget(naming: Naming): Target | Refusal {
  const { operation, workspace } = naming;
  const fixed = naming.native ?? operation.provider;
  const needsModel = operation.method === 'POST';
  if (!needsModel) return listTarget(naming, fixed);
  const model = naming.named ?? configuredModel(workspace, fixed);
  if (model === undefined) return refusal('missing_model');
  if (fixed !== undefined) return { kind: 'target', provider: fixed, model: withoutMaker(model, fixed) };
  const [maker, name] = splitName(model);
  if (naming.viaOpenRouter && workspace.mode === 'managed') return openRouterTarget(naming, model);
  const provider = maker ?? makerOf(naming, name);
  return { kind: 'target', provider, model: name };
}

function listTarget({ workspace, viaOpenRouter }: Naming, fixed: ProviderName | undefined): Target {
  const plain = viaOpenRouter && workspace.mode === 'managed' ? 'openrouter' : workspace.provider;
  return { kind: 'target', provider: fixed ?? plain, model: '' };
}

/** A configured model applies with the provider that it is configured for, and with no other. */
function configuredModel(workspace: ProxyWorkspace, fixed: ProviderName | undefined): string | undefined {
  if (fixed === undefined) return `${workspace.provider}/${withoutMaker(workspace.model, workspace.provider)}`;
  return fixed === workspace.provider ? workspace.model : undefined;
}

function withoutMaker(model: string, provider: ProviderName): string {
  const [maker, name] = splitName(model);
  return maker === provider ? name : model;
}

/** OpenRouter names every model with its maker. */
function openRouterTarget(naming: Naming, model: string): Target {
  const named = model.includes('/') ? model : `${makerOf(naming, model)}/${model}`;
  return { kind: 'target', provider: 'openrouter', model: named };
}

function makerOf({ prices, workspace, at }: Naming, model: string): ProxyWorkspace['provider'] {
  const makers = prices.providersOf(model, at);
  return makers.find((maker) => maker === workspace.provider) ?? makers[0] ?? workspace.provider;
}
