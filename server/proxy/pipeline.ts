import type { MeteringStore } from '../ledger/port.ts';
import { admit, type Hold } from './admit.ts';
import type { Route } from './apis/routes.ts';
import type { Charges } from './charges/index.ts';
import { forward } from './forward.ts';
import type { ForwardCall, ForwardTools } from './forwarding.ts';
import { identify } from './identify.ts';
import { findKeptThings, noteKeptIds } from './kept-ids.ts';
import type { Credential, KeptIds, MeteringProxyOptions, ProxyLogger, ProxyWorkspace } from './options.ts';
import { quoteCall } from './quote.ts';
import { readBody } from './read-body.ts';
import { type CallRecord, type RequestContext, sendRefusal } from './request-context.ts';
import { leaveUncertain, settle } from './settle.ts';

/** What every call of one proxy shares. */
export interface ProxyTools extends ForwardTools {
  readonly resolveWorkspace: (credential: Credential) => Promise<ProxyWorkspace | undefined>;
  readonly identifyByAddress: boolean;
  readonly store: MeteringStore;
  readonly keptIds: KeptIds | undefined;
  readonly providers: MeteringProxyOptions['providers'];
  readonly prices: MeteringProxyOptions['prices'];
  readonly charges: Charges;
  readonly bodyLimitBytes: number;
  readonly outputTokensPerSecond: number | undefined;
  readonly fitOutputCap: boolean;
  readonly clock: (accountId: string) => number;
  readonly logger: ProxyLogger;
}

type OperationRoute = Extract<Route, { kind: 'operation' }>;

/** One call: identify -> find what it names -> quote -> admit -> forward -> settle, and only then the end of the response. */
export async function runCall(proxy: ProxyTools, context: RequestContext, route: OperationRoute): Promise<void> {
  const { operation, parts } = route;
  const { record } = context;
  record.operation = operation.name;
  const identity = await identify(proxy, context);
  if (identity.kind === 'refused') return sendRefusal(context, identity);
  const { workspace } = identity;
  const now = () => proxy.clock(workspace.accountId);

  const reading = operation.method === 'POST' && readBody(context.request, proxy.bodyLimitBytes);
  const body = reading ? await timed(record, 'bodyMs', reading) : undefined;
  if (body?.kind === 'abandoned') return;
  if (body?.kind === 'refused') return sendRefusal(context, body);

  const named = body && { operation, workspace, request: body.json };
  const kept = named && (await findKeptThings(named, proxy.keptIds, proxy.logger));
  if (kept?.kind === 'refused') return sendRefusal(context, kept);

  const beta = context.request.headers['anthropic-beta'];
  const quote = quoteCall({ ...route, body, workspace, kept: kept?.ids, beta, at: now() }, proxy);
  if (quote.kind === 'refused') return sendRefusal(context, quote);
  record.provider = quote.provider;
  record.model = quote.model;
  record.streamed = quote.facts.streamed;

  const call = { context, operation, parts, quote, request: body?.json, isOwnKey: workspace.mode === 'byok' };
  if (operation.charge === 'free') return runFreeCall(proxy, call);

  const hold = await admit({ context, workspace, quote, at: now() }, proxy);
  if (hold.kind === 'refused') return sendRefusal(context, hold);
  await runHeldCall(proxy, { ...call, quote: hold.quote, workspace }, hold, now);
}

async function runFreeCall(proxy: ProxyTools, call: ForwardCall): Promise<void> {
  const forwarded = await timed(call.context.record, 'upstreamMs', forward(call, proxy));
  call.context.record.outcome = 'free';
  await forwarded.deliver(undefined);
}

interface HeldCall extends ForwardCall {
  readonly workspace: ProxyWorkspace;
}

async function runHeldCall(proxy: ProxyTools, call: HeldCall, hold: Hold, now: () => number): Promise<void> {
  const { quote, operation, workspace } = call;
  const { record } = call.context;
  record.holdMicro = hold.amountMicro;
  // Until something better is known: a failure from here on leaves the hold open.
  record.outcome = 'uncertain';
  const forwarded = await timed(record, 'upstreamMs', forward(call, proxy)).catch(async (failure: unknown) => {
    record.reason = 'proxy_fault';
    await leaveUncertain(hold, record.reason, now(), proxy.store, proxy.logger);
    throw failure;
  });
  const reported = forwarded.kind === 'complete' ? forwarded.reported : undefined;
  const at = now();
  const [cost] = await Promise.all([
    settle({ hold, quote, forwarded, record, prices: proxy.prices, at }, proxy),
    noteKeptIds({ operation, workspace, reported, at }, proxy.keptIds, proxy.logger),
  ]);
  await forwarded.deliver(cost);
}

/** Notes how long a step takes, on a clock that is never set. */
async function timed<T>(record: CallRecord, field: 'bodyMs' | 'upstreamMs', step: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await step;
  } finally {
    record[field] = performance.now() - startedAt;
  }
}
