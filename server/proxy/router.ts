import express from 'express';
import { Agent } from 'undici';
import { createScrubber } from './bytes/scrub.ts';
import { createCaller } from './caller.ts';
import { answerRefusal, type Exchange } from './exchange.ts';
import { identify } from './identify.ts';
import { memoised } from './memoised.ts';
import type { CallOutcome, MeteringProxyOptions, ProxyLogger } from './options.ts';
import { type ProxyTools, runCall } from './pipeline.ts';
import type { Envelope } from './providers/envelope.ts';
import { openAiEnvelope } from './providers/openai-envelope.ts';
import { isOpenRouterSdk, openRouterEnvelope } from './providers/openrouter-envelope.ts';
import { findRoute, type Route } from './providers/routes.ts';
import { refusal } from './refusals.ts';
import { newRequestId } from './request-id.ts';
import { readSubjectUsage } from './subject-usage.ts';
import { traceIdOf } from './trace.ts';
import { addressOf } from './upstream/address.ts';
import { createDrains } from './upstream/drain.ts';

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

const SILENT: ProxyLogger = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * The metering proxy (contract section 4), to be mounted in any Express app, before anything that reads request bodies. It
 * answers the paths below `/v1`, `/v1beta`, `/openai`, `/anthropic`, `/google` and `/rig`, whatever the method, and leaves all
 * others to the app. Every metered call is reserved in `store` before it is forwarded and settled before its answer ends.
 */
export function meteringProxy(options: MeteringProxyOptions): MeteringProxy {
  const proxy = createProxy(options);
  const underWay = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  const router = express.Router();
  router.use((request, response, next) => {
    const route = findRoute(request.method, request.path, request.headers);
    if (route === undefined) return next();
    if (request.readableDidRead) return next(new Error('mount the metering proxy before body parsers'));
    const requestId = (options.newRequestId ?? newRequestId)();
    const envelope = envelopeOf(route, request.headers['user-agent']);
    const traceId = traceIdOf(request.headers.traceparent);
    const exchange: Exchange = {
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
    const call = serve(proxy, exchange, route, options.onOutcome);
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

/** The envelope of the API that was called; OpenRouter's SDK shares OpenAI's routes and reads errors of its own. */
function envelopeOf(route: Route, userAgent: string | undefined): Envelope {
  const envelope = route.kind === 'operation' ? route.operation.envelope : route.envelope;
  return envelope === openAiEnvelope && isOpenRouterSdk(userAgent) ? openRouterEnvelope : envelope;
}

function createProxy(options: MeteringProxyOptions): ProxyTools {
  const timeouts = { connectMs: 10_000, firstByteMs: 600_000, idleMs: 120_000, ...options.timeouts };
  return {
    resolveWorkspace: options.resolveWorkspace,
    identifyByAddress: options.identifyByAddress ?? false,
    store: options.store,
    providers: options.providers,
    prices: options.prices,
    bodyLimitBytes: options.bodyLimitBytes ?? 32 * 1024 * 1024,
    timeouts,
    agent: new Agent({ connect: { timeout: timeouts.connectMs }, pipelining: 1 }),
    scrubberFor: memoised(createScrubber, SCRUBBERS),
    addressOf: memoised(addressOf, ADDRESSES),
    drains: createDrains({ maxMs: 60_000, maxConcurrent: 200, ...options.drain }),
    clock: options.clock ?? Date.now,
    logger: options.logger ?? SILENT,
  };
}

async function close(proxy: ProxyTools, underWay: ReadonlySet<Promise<void>>): Promise<void> {
  proxy.drains.stop();
  await Promise.allSettled(underWay);
  await proxy.agent.close();
}

/** Runs one exchange to its end and reports it. Never rejects. */
async function serve(
  proxy: ProxyTools,
  exchange: Exchange,
  route: Route,
  onOutcome: MeteringProxyOptions['onOutcome'],
): Promise<void> {
  const startedAt = performance.now();
  try {
    await answer(proxy, exchange, route);
  } catch (error) {
    proxy.logger.error({ err: error, requestId: exchange.requestId }, 'the proxy failed');
    exchange.record.outcome ??= 'failed';
    if (exchange.caller.status() === undefined) answerRefusal(exchange, refusal('internal_error'));
    else exchange.caller.breakOff();
  }
  try {
    const outcome = outcomeOf(exchange, performance.now() - startedAt);
    proxy.logger.info(logFields(outcome), 'call');
    onOutcome?.(outcome);
  } catch (error) {
    proxy.logger.error({ err: error, requestId: exchange.requestId }, 'a call could not be reported');
  }
}

function answer(proxy: ProxyTools, exchange: Exchange, route: Route): Promise<void> | void {
  switch (route.kind) {
    case 'operation':
      return runCall(proxy, exchange, route);
    case 'subject_usage':
      return answerSubjectUsage(proxy, exchange);
    case 'not_found':
      return answerRefusal(exchange, refusal('not_found'));
    case 'method_not_allowed':
      return answerRefusal(exchange, refusal('method_not_allowed', { headers: { allow: route.allow } }));
  }
}

async function answerSubjectUsage(proxy: ProxyTools, exchange: Exchange): Promise<void> {
  const identity = await identify(proxy, exchange);
  if (identity.kind === 'refused') return answerRefusal(exchange, identity);
  const query = new URLSearchParams(exchange.url.split('?')[1] ?? '');
  const { accountId } = identity.workspace;
  const call = { accountId, at: proxy.clock(accountId) };
  const usage = await readSubjectUsage(query, call, proxy.store, proxy.logger);
  if (usage.kind === 'refused') return answerRefusal(exchange, usage);
  exchange.record.outcome = 'free';
  exchange.caller.answer(200, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify(usage.body)));
}

function outcomeOf({ requestId, envelope, record, caller }: Exchange, durationMs: number): CallOutcome {
  const status = record.status ?? caller.status() ?? 0;
  const outcome = record.outcome ?? (status === 0 ? 'abandoned' : 'refused');
  return { ...record, requestId, outcome, status, api: envelope.api, callerGone: caller.isGone(), durationMs };
}

/** Loggers write JSON, which has no bigint. */
function logFields({ holdMicro, costMicro, durationMs, bodyMs, upstreamMs, ...outcome }: CallOutcome): object {
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
