import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { requestBody } from './bodies.ts';
import { mostInput } from './counting.ts';
import type { Plan } from './plan.ts';

export interface WireRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** The plan as its API's SDK would send it. `tag` tells the request from every other, in body and subject. */
export function toRequest(plan: Plan, tag: string, workspaceKey: string): WireRequest {
  const subject = { 'x-rigbox-subject': tag, 'content-type': 'application/json' };
  const headers = { ...subject, ...credential(plan, workspaceKey) };
  return { path: requestPath(plan), headers, body: requestBody(plan, `${plan.prompt} ${tag}`) };
}

function credential({ shape }: Plan, key: string): Record<string, string> {
  if (shape === 'messages') return { 'x-api-key': key, 'anthropic-version': '2023-06-01' };
  const isGemini = shape === 'generateContent' || shape === 'embedContent' || shape === 'batchEmbedContents';
  return isGemini ? { 'x-goog-api-key': key } : { authorization: `Bearer ${key}` };
}

function requestPath({ shape, native, version, transport, model }: Plan): string {
  const openai = native ? '/openai/v1' : '/v1';
  const gemini = `${native ? '/google' : ''}/${version}/models/${model.name}`;
  switch (shape) {
    case 'chat':
      return `${openai}/chat/completions`;
    case 'completions':
    case 'responses':
    case 'embeddings':
      return `${openai}/${shape}`;
    case 'messages':
      return `${native ? '/anthropic' : ''}/v1/messages`;
    case 'generateContent':
      if (transport === 'document') return `${gemini}:generateContent`;
      return `${gemini}:streamGenerateContent${transport === 'sse' ? '?alt=sse' : ''}`;
    default:
      return `${gemini}:${shape}`;
  }
}

type Respond = ScriptRule['respond'];

/** What the stub is told to answer to it. */
export function toScript(plan: Plan, tag: string): readonly ScriptRule[] {
  const { fault } = plan;
  const respond: Respond = {
    ...(fault.kind === 'omits-usage' ? { omitUsage: true } : { usage: plan.usage }),
    ...(Object.keys(plan.served).length > 0 && { served: plan.served }),
    ...(plan.iterations.length > 0 && { iterations: [...plan.iterations] }),
    ...(plan.bill !== undefined && { costUsd: plan.bill }),
    text: plan.text,
    chunks: plan.chunks,
    chunking: plan.chunking,
    ...scriptedFailure(plan),
    ...scriptedDelay(plan),
  };
  const counts: Respond = fault.kind === 'refuses-to-count' ? { error: { status: 500 } } : { usage: countable(plan) };
  return [
    ...COUNTING.map((operation) => ({ match: { bodyIncludes: tag, operation }, respond: counts })),
    { match: { bodyIncludes: tag }, respond },
  ];
}

/** Calls that count the input of another call. */
export const COUNTING = ['countTokens', 'messages.count_tokens', 'responses.input_tokens'] as const;

/** What a provider counts before the call: where it is all that is told, the usage; else the most that it can come to. */
function countable(plan: Plan): Respond['usage'] {
  if (plan.shape === 'embedContent' || plan.shape === 'batchEmbedContents') return plan.usage;
  return { inputTokens: mostInput(plan, 0), outputTokens: 0 };
}

function scriptedFailure({ fault }: Plan): Respond {
  switch (fault.kind) {
    case 'error':
      return { error: { status: fault.status, reportsUsage: fault.reportsUsage } };
    case 'error-in-stream':
      return { errorMidStream: { afterChunks: fault.afterChunks, reportsUsage: fault.reportsUsage } };
    case 'breaks-before-head':
      return { disconnect: 'before-headers' };
    case 'breaks-before-end':
      return { disconnect: 'before-end' };
    case 'breaks-off':
      return { disconnect: { afterChunks: fault.afterChunks } };
    case 'ends-early':
      return { truncate: { afterChunks: fault.afterChunks } };
    default:
      return {};
  }
}

/** A caller that leaves needs something to leave. */
function scriptedDelay({ leaves, thinksMs }: Plan): Respond {
  if (leaves.kind === 'when-forwarded') return { delayMs: { beforeHeaders: 15 } };
  if (leaves.kind === 'when-answered') return { delayMs: { betweenChunks: 3 } };
  return thinksMs > 0 ? { delayMs: { beforeHeaders: thinksMs } } : {};
}
