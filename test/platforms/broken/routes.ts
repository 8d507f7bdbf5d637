import { without } from '../json-edits.ts';
import { type Mutation, readText } from '../message.ts';
import { on, saying, sending } from '../mutations.ts';
import type { BrokenPlatform } from './broken-platform.ts';
import { freeWhile } from './ledgers.ts';

/** The provider is called, and paid, a second time. */
const twice: Mutation = async (sent, forward) => {
  await readText(await forward(sent));
  return forward(sent);
};

interface Sent {
  /** Streams alone, or all but streams. */
  readonly stream?: boolean;
  readonly also?: BrokenPlatform['also'];
}

const SECOND_IS_WHOLE = 'the provider breaks off the first call, and answers the second whole';

const sentTwice = (breaks: string, route: string, { stream, also }: Sent = {}): BrokenPlatform => ({
  breaks,
  ...(also && { also }),
  how: `sends ${stream ? 'a stream of ' : ''}${route} to the provider twice`,
  proxy: on(route, (sent, forward) => {
    const isMeant = stream === undefined || sent.body.includes('"stream":true') === stream;
    return isMeant ? twice(sent, forward) : forward(sent);
  }),
});

const saysForbidden = (breaks: string, route: string): BrokenPlatform => ({
  breaks,
  how: `says 403 to ${route} where the credits have run out`,
  proxy: on(route, saying(403, 402)),
});

const takesForFree = (breaks: string, route: string): BrokenPlatform => ({
  breaks,
  how: `charges nothing for ${route}`,
  ...freeWhile(route),
});

const GEMINI = 'POST /google/{version}/models/{model}';

/** Every metered route beside the main one of its API: charged twice, for nothing, or refused in another way. */
export const routeRows: readonly BrokenPlatform[] = [
  sentTwice('OAI-051', 'POST /openai/v1/completions'),
  sentTwice('OAI-052', 'POST /openai/v1/responses'),
  sentTwice('OAI-053', 'POST /openai/v1/embeddings'),
  sentTwice('OAI-070', 'POST /v1/completions', { stream: false }),
  sentTwice('OAI-071', 'POST /v1/completions', { stream: true }),
  saysForbidden('OAI-072', 'POST /v1/completions'),
  sentTwice('OAI-073', 'POST /v1/responses', { stream: false }),
  sentTwice('OAI-074', 'POST /v1/responses', { stream: true, also: { 'OAI-076': SECOND_IS_WHOLE } }),
  saysForbidden('OAI-075', 'POST /v1/responses'),
  {
    breaks: 'OAI-085',
    how: 'takes the id of any response for one of the caller',
    proxy: on('POST /v1/responses', sending(without('/previous_response_id'))),
  },
  sentTwice('OAI-077', 'POST /v1/embeddings'),
  saysForbidden('OAI-078', 'POST /v1/embeddings'),
  sentTwice('GEM-020', `${GEMINI}:streamGenerateContent`, {
    also: { 'GEM-008': 'the charge of streamed cached content is double', 'GEM-012': SECOND_IS_WHOLE },
  }),
  saysForbidden('GEM-021', `${GEMINI}:streamGenerateContent`),
  saysForbidden('GEM-022', `${GEMINI}:embedContent`),
  saysForbidden('GEM-023', `${GEMINI}:batchEmbedContents`),
  takesForFree('GEM-024', `${GEMINI}:embedContent`),
  takesForFree('GEM-025', `${GEMINI}:batchEmbedContents`),
];
