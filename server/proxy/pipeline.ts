import type { MeteringStore } from '../ledger/port.ts';
import { admit, type Hold } from './admit.ts';
import { answerRefusal, type CallRecord, type Exchange } from './exchange.ts';
import { forward } from './forward.ts';
import { identify } from './identify.ts';
import type { Credential, MeteringProxyOptions, ProxyLogger, ProxyWorkspace } from './options.ts';
import type { Route } from './providers/routes.ts';
import { type Quote, quoteCall } from './quote.ts';
import { readBody } from './read-body.ts';
import { type Refusal, refusal } from './refusals.ts';
import type { ForwardCall, ForwardTools } from './relay/forwarded.ts';
import { leaveUncertain, settle } from './settle.ts';
import { readSubject } from './subject.ts';

/** What every call of one proxy shares. */
export interface ProxyTools extends ForwardTools {
  readonly resolveWorkspace: (credential: Credential) => Promise<ProxyWorkspace | undefined>;
  readonly identifyByAddress: boolean;
  readonly store: MeteringStore;
  readonly providers: MeteringProxyOptions['providers'];
  readonly prices: MeteringProxyOptions['prices'];
  readonly bodyLimitBytes: number;
  readonly clock: (accountId: string) => number;
  readonly logger: ProxyLogger;
}

type OperationRoute = Extract<Route, { kind: 'operation' }>;

const LONGEST_IDEMPOTENCY_KEY = 255;

/** One call: identify, quote, admit, forward, settle, and only then the end of the answer. */
export async function runCall(proxy: ProxyTools, exchange: Exchange, route: OperationRoute): Promise<void> {
  const { operation } = route;
  exchange.record.operation = operation.name;
  const identity = await identify(proxy, exchange);
  if (identity.kind === 'refused') return answerRefusal(exchange, identity);
  const { workspace } = identity;

  const hasBody = operation.method === 'POST';
  const body = hasBody
    ? await timed(exchange.record, 'bodyMs', readBody(exchange.request, operation, proxy.bodyLimitBytes))
    : undefined;
  if (body?.kind === 'abandoned') return;
  if (body?.kind === 'refused') return answerRefusal(exchange, body);

  const now = () => proxy.clock(workspace.accountId);
  const quote = quoteCall({ ...route, body, workspace, at: now() }, proxy);
  if (quote.kind === 'refused') return answerRefusal(exchange, quote);
  noteQuote(exchange, quote);

  const isOwnKey = workspace.mode === 'byok';
  const call = { exchange, operation, quote, isOwnKey, parts: route.parts, request: body?.json };
  if (operation.charge === 'free') return runFreeCall(proxy, call);

  const hold = await reserve(proxy, exchange, workspace, quote);
  if (hold.kind === 'refused') return answerRefusal(exchange, hold);
  await runHeldCall(proxy, call, hold, now);
}

async function runFreeCall(proxy: ProxyTools, call: ForwardCall): Promise<void> {
  const forwarded = await timed(call.exchange.record, 'upstreamMs', forward(call, proxy));
  call.exchange.record.outcome = 'free';
  await forwarded.deliver(undefined);
}

async function runHeldCall(proxy: ProxyTools, call: ForwardCall, hold: Hold, now: () => number): Promise<void> {
  const { exchange, quote } = call;
  const { record } = exchange;
  record.holdMicro = hold.amountMicro;
  // Until something better is known: a fault from here on leaves the hold open.
  record.outcome = 'uncertain';
  const forwarded = await timed(record, 'upstreamMs', forward(call, proxy)).catch(async (fault: unknown) => {
    record.reason = 'proxy_fault';
    await leaveUncertain(hold, record.reason, now(), proxy.store, proxy.logger);
    throw fault;
  });
  const cost = await settle({ hold, quote, forwarded, record, at: now() }, proxy.store, proxy.logger);
  await forwarded.deliver(cost);
}

async function reserve(
  proxy: ProxyTools,
  exchange: Exchange,
  workspace: ProxyWorkspace,
  quote: Quote,
): Promise<Hold | Refusal> {
  const subject = readSubject(exchange.request, quote.facts.user);
  if (subject.kind === 'refused') return subject;
  const [idempotencyKey, ...others] = exchange.request.headersDistinct['idempotency-key'] ?? [];
  if (others.length > 0 || (idempotencyKey?.length ?? 1) > LONGEST_IDEMPOTENCY_KEY || idempotencyKey === '') {
    return refusal('invalid_request', { message: 'Idempotency-Key must be sent once, with 1 to 255 characters.' });
  }
  const { requestId } = exchange;
  const admission = {
    requestId,
    workspace,
    quote,
    idempotencyKey,
    subject: subject.subject,
    at: proxy.clock(workspace.accountId),
  };
  return admit(admission, proxy.store, proxy.logger);
}

function noteQuote({ record }: Exchange, quote: Quote): void {
  record.provider = quote.provider;
  record.model = quote.model;
  record.streamed = quote.facts.streamed;
}

/** Notes how long a step takes, on a clock that nobody sets. */
async function timed<T>(record: CallRecord, field: 'bodyMs' | 'upstreamMs', step: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await step;
  } finally {
    record[field] = performance.now() - startedAt;
  }
}
