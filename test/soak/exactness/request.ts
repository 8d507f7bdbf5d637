import type { ScriptRule } from '../../../mocks/providers/index.ts';
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

function requestBody(plan: Plan, text: string): object {
  const { shape, model, answers, outputLimit } = plan;
  const { name } = model;
  const stream = plan.transport === 'sse' ? { stream: true } : {};
  const asked = plan.usageAsked && plan.transport === 'sse' ? { stream_options: { include_usage: true } } : {};
  const limit = (field: string) => (outputLimit === undefined ? {} : { [field]: outputLimit });
  const parts = { parts: [{ text }] };
  switch (shape) {
    case 'chat':
      return {
        model: name,
        messages: [{ role: 'user', content: text }],
        n: answers,
        ...stream,
        ...asked,
        ...limit('max_completion_tokens'),
      };
    case 'completions':
      return { model: name, prompt: text, n: answers, ...stream, ...asked, ...limit('max_tokens') };
    case 'responses':
      return { model: name, input: text, ...stream, ...limit('max_output_tokens') };
    case 'embeddings':
      return { model: name, input: text };
    case 'messages':
      return { model: name, messages: [{ role: 'user', content: text }], ...stream, ...limit('max_tokens') };
    case 'generateContent':
      return {
        contents: [{ role: 'user', ...parts }],
        generationConfig: { candidateCount: answers, ...limit('maxOutputTokens') },
      };
    case 'embedContent':
      return { content: parts };
    case 'batchEmbedContents':
      return { requests: [{ model: `models/${name}`, content: parts }] };
  }
}

type Respond = ScriptRule['respond'];

/** What the stub is told to answer to it. */
export function toScript(plan: Plan, tag: string): readonly ScriptRule[] {
  const { shape, fault } = plan;
  const respond: Respond = {
    ...(fault.kind === 'omits-usage' ? { omitUsage: true } : { usage: plan.usage }),
    ...(plan.bill !== undefined && { costUsd: plan.bill }),
    text: plan.text,
    chunks: plan.chunks,
    chunking: plan.chunking,
    ...scriptedFailure(plan),
    ...scriptedDelay(plan),
  };
  if (shape !== 'embedContent' && shape !== 'batchEmbedContents') return [{ match: { bodyIncludes: tag }, respond }];
  const counts: Respond = fault.kind === 'refuses-to-count' ? { error: { status: 500 } } : { usage: plan.usage };
  return [
    { match: { bodyIncludes: tag, operation: shape }, respond },
    { match: { bodyIncludes: tag, operation: 'countTokens' }, respond: counts },
  ];
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
function scriptedDelay({ leaves }: Plan): Respond {
  if (leaves.kind === 'when-forwarded') return { delayMs: { beforeHeaders: 15 } };
  return leaves.kind === 'when-answered' ? { delayMs: { betweenChunks: 3 } } : {};
}
