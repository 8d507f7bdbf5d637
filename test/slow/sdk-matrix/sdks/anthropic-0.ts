import Anthropic, { APIError, InternalServerError } from 'anthropic-sdk-0';
import { anthropicDriver } from './anthropic.ts';

/** Sends its key as `x-api-key`, and has no class for 402. */
export const anthropic0 = anthropicDriver({
  name: '@anthropic-ai/sdk 0.x',
  open: ({ proxy, key, retries }) =>
    new Anthropic({ baseURL: proxy, apiKey: key, ...(retries === 'none' && { maxRetries: 0 }) }),
  classOf: (status) => (status === undefined || status < 500 ? APIError : InternalServerError),
});
