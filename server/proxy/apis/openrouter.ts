/** OpenRouter speaks the OpenAI API. What differs is how its own SDK reads errors and streams. */

import { openAiEnvelope } from './openai.ts';
import type { Envelope } from './operation.ts';
import { asObject, isAbsent, isObject, type JsonObject, parseJson } from './wire-values.ts';

/** Stands for a provider's error that has no number for a code: it came from behind the proxy. */
const UNKNOWN_CODE = 502;

/**
 * The envelope for OpenRouter's SDK: a number for a code, errors of a stream inside a whole chunk, and no usage where there
 * is none. That SDK validates what it reads, and shows no message of what it does not know.
 */
export const openRouterEnvelope: Envelope = {
  ...openAiEnvelope,
  body: ({ status, code, message, details }) => ({
    error: { code: status, message, metadata: { code, ...(details !== undefined && { details }) } },
  }),
  frame: ({ status, message }) => failedChunk({}, status, message),
  reads: (error) => Number.isInteger(error.code),
  adapt(event) {
    if (!event.includes('"usage":null') && !event.includes('"error"')) return event;
    const chunk = asObject(parseJson(event.toString('utf8').replace(/^data: ?/, '')));
    if (isObject(chunk.error)) {
      const { code, message } = chunk.error;
      return Buffer.from(failedChunk(chunk, typeof code === 'number' ? code : UNKNOWN_CODE, String(message)));
    }
    if (!('usage' in chunk) || !isAbsent(chunk.usage)) return event;
    const { usage: _, ...rest } = chunk;
    return Buffer.from(`data: ${JSON.stringify(rest)}\n\n`);
  },
};

function failedChunk(failed: JsonObject, code: number, message: string): string {
  const chunk = {
    id: 'error',
    object: 'chat.completion.chunk',
    created: 0,
    model: '',
    ...failed,
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    error: { code, message },
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
