import { type CallExtent, outputCap, upperBound, withCount } from '../money/bounds.ts';
import type { Micro } from '../money/microcredits.ts';
import type { ModelPrice, ProviderName } from '../money/prices.ts';
import { widenedWindow } from './apis/anthropic.ts';
import type { Endpoint, Operation, OutputLimit, PathParts, RequestFacts } from './apis/operation.ts';
import type { Charges } from './charges/index.ts';
import { type CountCall, inputCountCall } from './count-call.ts';
import { editJson } from './json-text.ts';
import type { KeptId, MeteringProxyOptions, ProxyWorkspace } from './options.ts';
import { familyNames } from './prices/near-names.ts';
import { type PriceSource, splitName } from './prices/source.ts';
import type { RequestBody } from './read-body.ts';
import { type Refusal, refusal } from './refusals.ts';

/** A call as it will be forwarded, and the most that it can cost. */
export interface Quote {
  readonly kind: 'quote';
  readonly provider: ProviderName;
  readonly model: string;
  readonly baseUrl: string;
  /** The key that the provider is called with: the platform's, or the workspace's own. */
  readonly providerKey: string;
  readonly endpoint: Endpoint;
  readonly facts: RequestFacts;
  /** Undefined in byok mode and for free calls, which are charged nothing. */
  readonly price: ModelPrice | undefined;
  readonly holdMicro: Micro;
  /** What the hold is reckoned from. */
  readonly extent: CallExtent;
  /** Undefined for a GET. */
  readonly body: Buffer | undefined;
  /** The same call with a lower limit to its answer. */
  capped(outputTokens: number): Quote;
  /** The call by which the provider counts the input; undefined where it cannot. */
  inputCountCall(): CountCall | undefined;
  /** The same call, whose input its provider has counted. */
  counted(tokens: number): Quote;
}

interface QuoteRequest {
  readonly operation: Operation;
  readonly parts: PathParts;
  readonly native: ProviderName | undefined;
  readonly body: RequestBody | undefined;
  readonly workspace: ProxyWorkspace;
  /** What the ids in the request stand for. Default: nothing is known of them. */
  readonly kept?: ReadonlyMap<string, KeptId> | undefined;
  /** The caller's `anthropic-beta`. */
  readonly beta?: string | string[] | undefined;
  readonly at: number;
}

type Terms = Pick<MeteringProxyOptions, 'providers' | 'prices'> & { readonly charges: Charges };

/** Decides who serves the call, with whose key, at what price, and bounds its cost. It forwards nothing. */
export function quoteCall(request: QuoteRequest, { prices, charges, ...terms }: Terms): Quote | Refusal {
  const { operation, workspace, at, parts, body } = request;
  const providers = workspace.providers ?? terms.providers;
  const json = body?.json ?? {};
  const reading = operation.read(json, parts);
  if (reading.kind === 'malformed') return refusal('invalid_request', reading);
  const { facts } = reading;
  const viaOpenRouter = providers.openrouter?.apiKey !== undefined && operation.envelope.api === 'openai';
  const target = findTarget({ ...request, named: facts.model, viaOpenRouter, prices });
  if (target.kind === 'refused') return target;
  const access = findAccess(target.provider, workspace, providers);
  if (access.kind === 'refused') return access;
  const endpoint = operation.endpoint(target.provider, target.model, parts);
  if (endpoint === undefined) return refusal('unsupported_operation');

  const isCharged = operation.charge === 'metered' && workspace.mode === 'managed';
  const price = isCharged ? prices.find(target.provider, target.model, at) : undefined;
  if (isCharged && price === undefined) return unknownPrice(target, facts, prices, at);
  const unpriced = price && body && findUnpriced({ ...request, body }, target, price, facts, charges);
  if (unpriced !== undefined) return unpriced;
  const injectedTokens = price && putInTokens(price, facts.outputLimit);
  const { provider, model } = target;
  const edited = (decided: number | undefined) =>
    body &&
    editJson(body.text, [
      ...operation.place(facts, {
        model: facts.model === model ? undefined : model,
        outputTokens: decided,
        toolCalls: isCharged ? facts.toolCallLimit : undefined,
      }),
      ...(isCharged ? charges.forced({ provider, operation: operation.name, body: json }) : []),
    ]);
  const margin = operation.inputCounting?.margin;
  const quote = (extent: CallExtent, forwarded: Buffer | undefined): Quote => ({
    kind: 'quote',
    provider,
    model,
    baseUrl: access.baseUrl,
    providerKey: access.providerKey,
    endpoint,
    facts,
    price,
    extent,
    holdMicro: price === undefined ? 0n : upperBound(price, extent),
    body: forwarded,
    capped: (outputTokens) => quote({ ...extent, outputTokens }, edited(outputTokens)),
    inputCountCall: () => body && inputCountCall({ operation, provider, model, parts, text: body.text }),
    counted: (tokens) => quote(price && margin ? withCount(price, extent, tokens, margin) : extent, forwarded),
  });
  return quote(readExtent(request, facts, injectedTokens), edited(injectedTokens));
}

/** The limit put in for a call without one. */
function putInTokens(price: ModelPrice, limit: OutputLimit): number | undefined {
  if (limit.kind !== 'missing') return undefined;
  return Math.min(outputCap(price), limit.most ?? Number.POSITIVE_INFINITY);
}

function readExtent(
  { body, kept, beta }: QuoteRequest,
  { extent, outputLimit }: RequestFacts,
  injectedTokens = 0,
): CallExtent {
  const { references, ...read } = extent;
  const keptTokens = references.map((id) => kept?.get(id)?.contextTokens ?? Number.POSITIVE_INFINITY);
  return {
    ...read,
    unseenTokens: keptTokens.reduce((sum, tokens) => sum + tokens, read.unseenTokens),
    outputTokens: outputLimit.kind === 'given' ? outputLimit.tokens : injectedTokens,
    bodyBytes: body?.text.bytes.length ?? 0,
    windowTokens: beta === undefined ? 0 : widenedWindow(beta),
  };
}

/** Names the model, and says of a newer one of a known family what can be done. */
function unknownPrice({ provider, model }: Target, facts: RequestFacts, prices: PriceSource, at: number): Refusal {
  const near = familyNames(model, prices.names?.(provider, at) ?? []);
  const help = `Models like it that have a price: ${near.join(', ')}. The operator can add it: ${TO_ADD_A_PRICE}.`;
  const fact = `The price of ${JSON.stringify(model.slice(0, MOST_NAME_SHOWN))} is not known, so it cannot be called.`;
  const message = near.length === 0 ? fact : `${fact} ${help}`;
  return refusal('unknown_price', { message, param: facts.model === undefined ? null : 'model' });
}

const TO_ADD_A_PRICE = '`rigkit prices update`, or RIGKIT_PRICES_FILE';
const MOST_NAME_SHOWN = 100;

function findAccess(provider: ProviderName, workspace: ProxyWorkspace, providers: Terms['providers']) {
  const access = providers[provider];
  if (workspace.mode === 'byok') {
    // The key is the workspace's for one provider: no other ever gets it.
    if (workspace.byokKey === null || provider !== workspace.provider) return refusal('invalid_missing_key');
    if (access === undefined) return refusal('provider_not_configured');
    return { kind: 'access', baseUrl: access.baseUrl, providerKey: workspace.byokKey } as const;
  }
  if (access?.apiKey === undefined) return refusal('provider_not_configured');
  return { kind: 'access', baseUrl: access.baseUrl, providerKey: access.apiKey } as const;
}

/** What of a request costs at a price that is not known. */
function findUnpriced(
  { operation, body }: { readonly operation: Operation; readonly body: RequestBody },
  { provider, model }: Target,
  price: ModelPrice,
  { extent }: RequestFacts,
  charges: Charges,
): Refusal | undefined {
  const found = charges.check({ provider, operation: operation.name, body: body.json });
  if (found !== undefined) {
    const { kind, path, message } = found;
    return refusal(kind === 'twice' ? 'invalid_request' : 'unsupported_parameter', { param: path, message });
  }
  // Searches are charged by the piece: without a price for them, they would be given away.
  if (extent.webSearches === 0 || price.base.webSearch > 0n) return undefined;
  const tool = provider === 'google' ? 'googleSearch' : 'web_search';
  const message = `tools: ${tool}: the price list has no price for a search with ${model}.`;
  return refusal('unsupported_parameter', { param: 'tools', message });
}

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
 * The rule of model names: on a native route, or an API that only one provider speaks, that provider; else the maker before
 * the slash; else the maker whose price list has the name; else the provider in effect.
 */
export function findTarget(naming: Naming): Target | Refusal {
  const { operation, workspace, viaOpenRouter } = naming;
  const fixed = naming.native ?? operation.provider;
  const goesToOpenRouter = viaOpenRouter && workspace.mode === 'managed';
  if (operation.method !== 'POST') {
    const plain = goesToOpenRouter ? 'openrouter' : workspace.provider;
    return { kind: 'target', provider: fixed ?? plain, model: '' };
  }
  const model = naming.named ?? configuredModel(workspace, fixed);
  if (model === undefined) return refusal('missing_model');
  if (fixed !== undefined) return { kind: 'target', provider: fixed, model: withoutMaker(model, fixed) };
  const [maker, name] = splitName(model);
  if (goesToOpenRouter) {
    // OpenRouter names every model with its maker.
    const named = model.includes('/') ? model : `${chooseMaker(naming, model)}/${model}`;
    return { kind: 'target', provider: 'openrouter', model: named };
  }
  return { kind: 'target', provider: maker ?? chooseMaker(naming, name), model: name };
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

function chooseMaker({ prices, workspace, at }: Naming, model: string): ProxyWorkspace['provider'] {
  const makers = prices.providersOf(model, at);
  return makers.find((maker) => maker === workspace.provider) ?? makers[0] ?? workspace.provider;
}
