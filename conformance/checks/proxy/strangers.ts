import { type Check, check } from '../check.ts';
import { stubbed } from '../steps/ai-calls.ts';
import { type Route, wantStrangerRefused } from '../steps/refusals.ts';
import { batch, chat, completion, content, contents, countable, embedding, response } from '../steps/route-bodies.ts';

const GEMINI = '/google/v1beta/models';

const routes: Readonly<Record<string, Route>> = {
  'OAI-024': { shape: 'openai', method: 'POST', path: '/v1/chat/completions', body: chat },
  'OAI-060': { shape: 'openai', method: 'POST', path: '/v1/completions', body: completion },
  'OAI-061': { shape: 'openai', method: 'POST', path: '/v1/responses', body: response },
  'OAI-062': { shape: 'openai', method: 'POST', path: '/v1/embeddings', body: embedding },
  'OAI-063': { shape: 'openai', method: 'GET', path: '/v1/models' },
  'OAI-064': { shape: 'openai', method: 'POST', path: '/openai/v1/completions', body: completion },
  'OAI-065': { shape: 'openai', method: 'POST', path: '/openai/v1/responses', body: response },
  'OAI-066': { shape: 'openai', method: 'POST', path: '/openai/v1/embeddings', body: embedding },
  'OAI-067': { shape: 'openai', method: 'GET', path: '/openai/v1/models' },
  'ANT-010': { shape: 'anthropic', method: 'POST', path: '/v1/messages', body: chat },
  'ANT-060': { shape: 'anthropic', method: 'POST', path: '/v1/messages/count_tokens', body: countable },
  'ANT-061': { shape: 'anthropic', method: 'POST', path: '/anthropic/v1/messages/count_tokens', body: countable },
  'ANT-062': { shape: 'anthropic', method: 'GET', path: '/anthropic/v1/models' },
  'GEM-010': { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:generateContent`, body: contents },
  'GEM-060': { shape: 'google', method: 'GET', path: GEMINI },
  'GEM-061': { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:streamGenerateContent`, body: contents },
  'GEM-062': { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:countTokens`, body: contents },
  'GEM-063': { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:embedContent`, body: content },
  'GEM-064': { shape: 'google', method: 'POST', path: `${GEMINI}/{model}:batchEmbedContents`, body: batch },
};

/** Contract section 4, Identity: on every route, a key that was never issued opens nothing. */
export const strangerChecks: readonly Check[] = Object.entries(routes).map(([id, route]) =>
  check(id, stubbed(route.shape), (t) => wantStrangerRefused(t, route)),
);
