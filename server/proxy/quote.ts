import { outputCap, upperBound } from '../money/bounds.ts';
import type { Micro } from '../money/microcredits.ts';
import type { ModelPrice, ProviderName } from '../money/prices.ts';
import { editJson } from './bytes/json-edit.ts';
import type { MeteringProxyOptions, ProxyWorkspace } from './options.ts';
import type { Endpoint, Operation, PathParts, RequestFacts } from './providers/operation.ts';
import type { RequestBody } from './read-body.ts';
import { type Refusal, refusal } from './refusals.ts';
import { findTarget, type Target } from './target.ts';

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
  /** Undefined for a GET. */
  readonly body: Buffer | undefined;
}

export interface QuoteRequest {
  readonly operation: Operation;
  readonly parts: PathParts;
  readonly native: ProviderName | undefined;
  readonly body: RequestBody | undefined;
  readonly workspace: ProxyWorkspace;
  readonly at: number;
}

type Terms = Pick<MeteringProxyOptions, 'providers' | 'prices'>;

/** Resolves who serves the call, with whose key, at what price, and bounds its cost. Decides only; forwards nothing. */
export function quoteCall(request: QuoteRequest, { prices, ...terms }: Terms): Quote | Refusal {
  const { operation, workspace, at, parts, body } = request;
  const providers = workspace.providers ?? terms.providers;
  const reading = operation.read(body?.json ?? {}, parts);
  if (reading.kind === 'malformed') {
    return refusal('invalid_request', { message: reading.message, param: reading.param });
  }
  const { facts } = reading;
  const viaOpenRouter = providers.openrouter?.apiKey !== undefined && operation.envelope.api === 'openai';
  const target = findTarget({ ...request, named: facts.model, viaOpenRouter, prices });
  if (target.kind === 'refused') return target;
  const access = accessTo(target.provider, workspace, providers);
  if (access.kind === 'refused') return access;
  const endpoint = operation.endpoint(target.provider, target.model, parts);
  if (endpoint === undefined) return refusal('unsupported_operation');

  const isCharged = operation.charge === 'metered' && workspace.mode === 'managed';
  const price = isCharged ? prices.find(target.provider, target.model, at) : undefined;
  if (isCharged && price === undefined) return refusal('unknown_price');
  const unpriced = facts.unpricedParameter ?? (price && searchesWithoutPrice(price, facts));
  if (isCharged && unpriced !== undefined) return refusal('unsupported_parameter', { param: unpriced });
  const { outputLimit } = facts;
  const injectedTokens =
    price !== undefined && outputLimit.kind === 'missing'
      ? Math.min(outputCap(price), outputLimit.most ?? Number.POSITIVE_INFINITY)
      : undefined;
  const outputTokens = outputLimit.kind === 'given' ? outputLimit.tokens : (injectedTokens ?? 0);
  return {
    kind: 'quote',
    provider: target.provider,
    model: target.model,
    baseUrl: access.baseUrl,
    providerKey: access.providerKey,
    endpoint,
    facts,
    price,
    holdMicro:
      price === undefined
        ? 0n
        : upperBound(price, { ...facts.extent, outputTokens, bodyBytes: body?.text.bytes.length ?? 0 }),
    body: body && prepare(body, operation, facts, target, injectedTokens),
  };
}

function accessTo(provider: ProviderName, workspace: ProxyWorkspace, providers: Terms['providers']) {
  const access = providers[provider];
  if (workspace.mode === 'byok') {
    // The key is the workspace's for one provider: no other ever gets it (contract section 2).
    if (workspace.byokKey === null || provider !== workspace.provider) return refusal('invalid_missing_key');
    if (access === undefined) return refusal('provider_not_configured');
    return { kind: 'access', baseUrl: access.baseUrl, providerKey: workspace.byokKey } as const;
  }
  if (access?.apiKey === undefined) return refusal('provider_not_configured');
  return { kind: 'access', baseUrl: access.baseUrl, providerKey: access.apiKey } as const;
}

/** The caller's bytes with what must be in them: the model's name, the output limit, the wish for usage. */
function prepare(
  body: RequestBody,
  operation: Operation,
  facts: RequestFacts,
  target: Target,
  outputTokens: number | undefined,
): Buffer {
  const model = facts.model === target.model ? undefined : target.model;
  return editJson(body.text, operation.place(facts, { model, outputTokens }));
}

/** Searches are charged by the piece: where nobody states their price, they would be given away. */
function searchesWithoutPrice(price: ModelPrice, { extent }: RequestFacts): string | undefined {
  return extent.webSearches > 0 && price.base.webSearch === 0n ? 'tools' : undefined;
}
