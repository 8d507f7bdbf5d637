import express from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { Agent } from 'undici';
import { findRoute, type Route } from './apis/routes.ts';
import { createCaller } from './caller.ts';
import { createCharges } from './charges/index.ts';
import { createDrains } from './drains.ts';
import { parseAddress, readTraceId } from './headers.ts';
import { identify } from './identify.ts';
import type { CallOutcome, MeteringProxyOptions, ProxyLogger } from './options.ts';
import { type ProxyTools, runCall } from './pipeline.ts';
import { createByteBudget } from './read-body.ts';
import { refusal } from './refusals.ts';
import { newRequestId, type RequestContext, sendRefusal } from './request-context.ts';
import { createResponseBudget } from './response-budget.ts';
import { createScrubber } from './scrub.ts';
import { readSubjectUsage } from './subjects.ts';
import { createTurns } from './turns.ts';

/** An Express router, and how it ends. */
export interface MeteringProxy extends express.Router {
  /**
   * Ends what is still read for callers that are gone (their holds become uncertain), waits for the calls under way and
   * closes the connections to the providers. Stop accepting requests first. Idempotent.
   */
  close(): Promise<void>;
}

/** Provider keys whose scrubbers are remembered: the platform's few, and those of the workspaces that called last. */
const SCRUBBERS = 256;

/** Endpoints whose URLs are remembered: Gemini's have their models in them. */
const ADDRESSES = 256;

const UNREAD_TIMEOUT_MS = 120_000;

const MIB = 1024 * 1024;

/** Calls a minute that cost nothing, of one account. */
const FREE_CALLS = 300;

const SILENT: ProxyLogger = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * The metering proxy, to be mounted in any Express app, before anything that reads request bodies. It serves the paths below
 * `/v1`, `/v1beta`, `/openai`, `/anthropic`, `/google` and `/rig`, whatever the method, and leaves all others to the app.
 * Every metered call is reserved in `store` before it is forwarded and settled before its response ends.
 */
export function meteringProxy(options: MeteringProxyOptions): MeteringProxy {
  const proxy = createProxyTools(options);
  const underWay = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  const router = express.Router();
  router.use((request, response, next) => {
    const route = findRoute(request.method, request.path, request.headers);
    if (route === undefined) return next();
    if (request.readableDidRead) return next(new Error('mount the metering proxy before body parsers'));
    const requestId = (options.newRequestId ?? newRequestId)();
    const { envelope } = route;
    const traceId = readTraceId(request.headers.traceparent);
    const context: RequestContext = {
      requestId,
      request,
      url: request.url,
      envelope,
      caller: createCaller(
        response,
        { [envelope.requestIdHeader]: requestId, 'x-request-id': requestId },
        options.unreadTimeoutMs ?? UNREAD_TIMEOUT_MS,
      ),
      record: { ...(traceId !== undefined && { traceId }) },
    };
    const call = serve(proxy, context, route, options.onOutcome);
    underWay.add(call);
    call.finally(() => underWay.delete(call));
  });

  return Object.assign(router, {
    close() {
      closing ??= close(proxy, underWay);
      return closing;
    },
  });
}

function createProxyTools(options: MeteringProxyOptions): ProxyTools {
  const bounds = { totalBytes: 256 * MIB, accountBytes: 64 * MIB, ...options.bodies };
  const timeouts = {
    connectMs: 10_000,
    firstByteMs: 600_000,
    idleMs: 120_000,
    countInputMs: 5_000,
    ...options.timeouts,
  };
  return {
    resolveWorkspace: options.resolveWorkspace,
    identifyByAddress: options.identifyByAddress ?? false,
    store: options.store,
    keptIds: options.keptIds,
    providers: options.providers,
    prices: options.prices,
    charges: options.charges ?? createCharges(),
    fitOutputCap: options.fitOutputCap ?? false,
    bodyLimitBytes: options.bodyLimitBytes ?? 32 * MIB,
    bodyTimeoutMs: options.bodies?.timeoutMs ?? 60_000,
    bodyBudget: createByteBudget(bounds),
    responseBudget: createResponseBudget(bounds),
    turns: createTurns(),
    countFreeCall: options.countFreeCall ?? countFreeCalls(),
    timeouts,
    agent: new Agent({ connect: { timeout: timeouts.connectMs }, pipelining: 1 }),
    scrubberFor: memoised(createScrubber, SCRUBBERS),
    addressFor: memoised(parseAddress, ADDRESSES),
    drains: createDrains({ maxMs: 3_600_000, maxConcurrent: 1_000, maxPerAccount: 100, ...options.drain }),
    outputTokensPerSecond: options.outputTokensPerSecond,
    clock: options.clock ?? Date.now,
    logger: options.logger ?? SILENT,
  };
}

/** Counted in this process. */
function countFreeCalls(): NonNullable<MeteringProxyOptions['countFreeCall']> {
  const limiter = new RateLimiterMemory({ points: FREE_CALLS, duration: 60 });
  return (accountId) =>
    limiter.consume(accountId).then(
      () => undefined,
      (refused: RateLimiterRes) => refused.msBeforeNext,
    );
}

/** The function, which remembers its last results by their argument: `capacity` of them, the oldest forgotten first. */
export function memoised<T>(make: (text: string) => T, capacity: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= capacity) for (const oldest of known.keys()) if (known.delete(oldest)) break;
    const made = make(text);
    known.set(text, made);
    return made;
  };
}

async function close(proxy: ProxyTools, underWay: ReadonlySet<Promise<void>>): Promise<void> {
  proxy.drains.stop();
  await Promise.allSettled(underWay);
  await proxy.agent.close();
}

/** Serves one request to its end and reports it. Never rejects. */
async function serve(
  proxy: ProxyTools,
  context: RequestContext,
  route: Route,
  onOutcome: MeteringProxyOptions['onOutcome'],
): Promise<void> {
  const startedAt = performance.now();
  try {
    await serveRoute(proxy, context, route);
  } catch (error) {
    proxy.logger.error({ err: error, requestId: context.requestId }, 'the proxy failed');
    context.record.outcome ??= 'failed';
    if (context.caller.status() === undefined) sendRefusal(context, refusal('internal_error'));
    else context.caller.breakOff();
  }
  try {
    const outcome = toOutcome(context, performance.now() - startedAt);
    proxy.logger.info(logFields(outcome), 'call');
    onOutcome?.(outcome);
  } catch (error) {
    proxy.logger.error({ err: error, requestId: context.requestId }, 'a call could not be reported');
  }
}

function serveRoute(proxy: ProxyTools, context: RequestContext, route: Route): Promise<void> | void {
  switch (route.kind) {
    case 'operation':
      return runCall(proxy, context, route);
    case 'subject_usage':
      return serveSubjectUsage(proxy, context);
    case 'not_found':
      return sendRefusal(context, refusal('not_found'));
    case 'upgrade_required':
      return sendRefusal(
        context,
        refusal('upgrade_required', { headers: { upgrade: 'HTTP/1.1', connection: 'upgrade' } }),
      );
    case 'method_not_allowed':
      return sendRefusal(context, refusal('method_not_allowed', { headers: { allow: route.allow } }));
  }
}

async function serveSubjectUsage(proxy: ProxyTools, context: RequestContext): Promise<void> {
  const identity = await identify(proxy, context);
  if (identity.kind === 'refused') return sendRefusal(context, identity);
  const query = new URLSearchParams(context.url.split('?')[1] ?? '');
  const { accountId } = identity.workspace;
  const usage = await readSubjectUsage(query, { accountId, at: proxy.clock(accountId) }, proxy.store).catch((error) => {
    proxy.logger.error({ err: error }, 'the store did not read the usage of a subject');
    return refusal('metering_unavailable');
  });
  if (usage.kind === 'refused') return sendRefusal(context, usage);
  context.record.outcome = 'free';
  context.caller.respond(200, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify(usage.body)));
}

function toOutcome({ requestId, envelope, record, caller }: RequestContext, durationMs: number): CallOutcome {
  const status = record.status ?? caller.status() ?? 0;
  const outcome = record.outcome ?? (status === 0 ? 'abandoned' : 'refused');
  return { ...record, requestId, outcome, status, api: envelope.api, callerGone: caller.isGone(), durationMs };
}

/** Loggers write JSON, which has no bigint. */
function logFields({
  unpriced: _toldBefore,
  holdMicro,
  costMicro,
  durationMs,
  bodyMs,
  upstreamMs,
  ...outcome
}: CallOutcome): object {
  return {
    ...outcome,
    ...(holdMicro !== undefined && { holdMicro: Number(holdMicro) }),
    ...(costMicro !== undefined && { costMicro: Number(costMicro) }),
    durationMs: tenths(durationMs),
    ...(bodyMs !== undefined && { bodyMs: tenths(bodyMs) }),
    ...(upstreamMs !== undefined && { upstreamMs: tenths(upstreamMs) }),
  };
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
