import { APICallError, generateText, type LanguageModel, StreamProviderError, streamText } from 'ai';
import {
  ANSWERED,
  type Answer,
  type Connection,
  type Driver,
  fieldCost,
  headerCost,
  OUTPUT_LIMIT,
  PROMPT,
  type ShownCost,
} from './driver.ts';

type Row = Pick<Driver, 'name' | 'provider' | 'model' | 'reported' | 'showsCost'> & {
  readonly open: (connection: Connection) => LanguageModel;
};

/** The AI SDK: one way to ask, whatever package speaks to the provider. It shows messages without anything around them. */
export function aiSdkDriver({ open, ...row }: Row): Driver {
  const request = (connection: Connection) => ({
    model: open(connection),
    prompt: PROMPT,
    maxOutputTokens: OUTPUT_LIMIT,
    ...(connection.retries === 'none' && { maxRetries: 0 }),
  });
  return {
    ...row,
    behind: 'sandbox',
    outputLimit: OUTPUT_LIMIT,
    ends({ fault }) {
      if (fault === undefined) return ANSWERED;
      const type = fault.status === undefined ? StreamProviderError : APICallError;
      return { kind: 'raised', type, message: fault.message };
    },
    ask: {
      async buffered(connection) {
        const { text, usage, response } = await generateText({
          ...request(connection),
          include: { responseBody: true },
        });
        const cost: ShownCost = { ...headerCost(response.headers), ...fieldCost(usageIn(response.body)) };
        return { text, usage: totals(usage), cost };
      },
      async streamed(connection) {
        // Without a handler it writes errors to the console.
        const { fullStream } = streamText({ ...request(connection), includeRawChunks: true, onError: () => {} });
        let text = '';
        let usage: Answer['usage'];
        let cost: ShownCost = {};
        for await (const part of fullStream) {
          if (part.type === 'error') throw part.error;
          if (part.type === 'text-delta') text += part.text;
          if (part.type === 'finish') usage = totals(part.totalUsage);
          if (part.type === 'raw') cost = { ...cost, ...fieldCost(usageIn(part.rawValue)) };
        }
        return { text, usage, cost };
      },
    },
  };
}

function totals({ inputTokens, outputTokens }: NonNullable<Answer['usage']>): Answer['usage'] {
  return { inputTokens, outputTokens };
}

/** The usage of a chat answer or chunk, or of the response inside an event. */
function usageIn(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('response' in body) return usageIn(body.response);
  return 'usage' in body ? body.usage : undefined;
}
