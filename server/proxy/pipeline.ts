import type { MeteringStore } from '../ledger/port.ts';
import { admit } from './admit.ts';
import type { Route } from './apis/routes.ts';
import type { Charges } from './charges/index.ts';
import { type CountTools, countFreeCall } from './count-input.ts';
import { forward } from './forward.ts';
import type { ForwardCall, ForwardTools } from './forwarding.ts';
import { identify } from './identify.ts';
import { findKeptThings, noteKeptIds } from './kept-ids.ts';
import type { Credential, KeptIds, MeteringProxyOptions, ProxyWorkspace } from './options.ts';
import { quoteCall } from './quote.ts';
import { type BodyTerms, type ByteBudget, type ByteShare, readBody } from './read-body.ts';
import type { Refusal } from './refusals.ts';
import { type RequestContext, sendRefusal, timed } from './request-context.ts';
import type { ResponseBudget, ResponseShare } from './response-budget.ts';
import { leaveUncertain, settle } from './settle.ts';
import { type Turns, workOn } from './turns.ts';

/** What every call of one proxy shares. */
export interface ProxyTools extends ForwardTools, CountTools {
  readonly resolveWorkspace: (credential: Credential) => Promise<ProxyWorkspace | undefined>;
  readonly identifyByAddress: boolean;
  readonly store: MeteringStore;
  readonly keptIds: KeptIds | undefined;
  readonly providers: MeteringProxyOptions['providers'];
  readonly prices: MeteringProxyOptions['prices'];
  readonly charges: Charges;
  readonly bodyLimitBytes: number;
  readonly bodyTimeoutMs: number;
  readonly bodyBudget: ByteBudget;
  readonly responseBudget: ResponseBudget;
  readonly turns: Turns;
  readonly outputTokensPerSecond: number | undefined;
  readonly fitOutputCap: boolean;
  readonly clock: (accountId: string) => number;
}

type OperationRoute = Extract<Route, { kind: 'operation' }>;

/** One call: identify -> find what it names -> quote -> admit -> forward -> settle, and only then the end of the response. */
export async function runCall(proxy: ProxyTools, context: RequestContext, route: OperationRoute): Promise<void> {
  context.record.operation = route.operation.name;
  const identity = await identify(proxy, context);
  if (identity.kind === 'refused') return sendRefusal(context, identity);
  const { workspace } = identity;
  const share = proxy.bodyBudget(workspace.accountId);
  const responseShare = proxy.responseBudget(workspace.accountId);
  try {
    const call = await prepare(proxy, { context, route, workspace, share, responseShare });
    if (call === undefined) return;
    if (call.kind === 'refused') return sendRefusal(context, call);
    if (route.operation.charge === 'free') await runFreeCall(proxy, call);
    else await runMeteredCall(proxy, call);
  } finally {
    // The bytes are the provider's until its response is whole.
    share.release();
    responseShare.release();
  }
}

interface Arrived {
  readonly context: RequestContext;
  readonly route: OperationRoute;
  readonly workspace: ProxyWorkspace;
  readonly share: ByteShare;
  readonly responseShare: ResponseShare;
}

interface PreparedCall extends ForwardCall {
  readonly kind: 'call';
  readonly workspace: ProxyWorkspace;
}

/** Up to what can be known without the books. Of the body, only what is forwarded is kept. Undefined where the caller left. */
async function prepare(proxy: ProxyTools, call: Arrived): Promise<PreparedCall | Refusal | undefined> {
  const { context, route, workspace, responseShare } = call;
  const { operation, parts } = route;
  const isOwnKey = workspace.mode === 'byok';
  const tooMany = operation.charge === 'free' && !isOwnKey && (await countFreeCall(proxy, workspace.accountId));
  if (tooMany) return tooMany;

  const reading = operation.method === 'POST' && readBody(context.request, bodyTerms(proxy, call));
  const body = reading ? await timed(context.record, 'bodyMs', reading) : undefined;
  if (body?.kind === 'abandoned') return undefined;
  if (body?.kind === 'refused') return body;

  const named = body && { operation, workspace, request: body.json };
  const kept = named && (await findKeptThings(named, proxy.keptIds, proxy.logger));
  if (kept?.kind === 'refused') return kept;

  const beta = context.request.headers['anthropic-beta'];
  const { accountId } = workspace;
  const asked = { ...route, body, workspace, kept: kept?.ids, beta, at: proxy.clock(accountId) };
  const piece = workOn(body?.text.bytes.length ?? 0, proxy.turns, accountId);
  const quote = await piece(() => quoteCall(asked, proxy));
  if (quote.kind === 'refused') return quote;
  const { provider, model, facts } = quote;
  Object.assign(context.record, { provider, model, streamed: facts.streamed });
  const request = operation.usageCounting === undefined ? undefined : body?.json;
  return { kind: 'call', context, operation, parts, quote, request, isOwnKey, workspace, responseShare };
}

function bodyTerms(proxy: ProxyTools, { route: { operation }, workspace, share }: Arrived): BodyTerms {
  const { accountId, mode, remainingMicro } = workspace;
  return {
    accountId,
    isOutOfCredits: operation.charge === 'metered' && mode === 'managed' && (remainingMicro ?? 1n) <= 0n,
    limitBytes: proxy.bodyLimitBytes,
    timeoutMs: proxy.bodyTimeoutMs,
    share,
    turns: proxy.turns,
  };
}

async function runFreeCall(proxy: ProxyTools, call: ForwardCall): Promise<void> {
  const forwarded = await timed(call.context.record, 'upstreamMs', forward(call, proxy));
  call.context.record.outcome = 'free';
  await forwarded.deliver(undefined);
}

async function runMeteredCall(proxy: ProxyTools, call: PreparedCall): Promise<void> {
  const { context, operation, workspace } = call;
  const { record } = context;
  const now = () => proxy.clock(workspace.accountId);
  const hold = await admit({ context, workspace, quote: call.quote, at: now() }, proxy);
  if (hold.kind === 'abandoned') return;
  if (hold.kind === 'refused') return sendRefusal(context, hold);
  const { quote } = hold;
  record.holdMicro = hold.amountMicro;
  // Until something better is known: a failure from here on leaves the hold open.
  record.outcome = 'uncertain';
  const forwarded = await timed(record, 'upstreamMs', forward({ ...call, quote }, proxy)).catch(
    async (failure: unknown) => {
      record.reason = 'proxy_fault';
      await leaveUncertain(hold, record.reason, now(), proxy.store, proxy.logger);
      throw failure;
    },
  );
  const reported = forwarded.kind === 'complete' ? forwarded.reported : undefined;
  const at = now();
  const [cost] = await Promise.all([
    settle({ hold, quote, forwarded, record, prices: proxy.prices, at }, proxy),
    noteKeptIds({ operation, workspace, reported, at }, proxy.keptIds, proxy.logger),
  ]);
  await forwarded.deliver(cost);
}
