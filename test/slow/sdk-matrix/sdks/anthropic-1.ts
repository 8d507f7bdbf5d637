import Anthropic, {
  APIError,
  InternalServerError,
  PaymentRequiredError,
  ServiceUnavailableError,
} from '@anthropic-ai/sdk';
import { anthropicDriver } from './anthropic.ts';

/** Sends its key as `Authorization: Bearer`, and has a class for every status. */
export const anthropic1 = anthropicDriver({
  name: '@anthropic-ai/sdk 1.x',
  open: ({ proxy, key, retries }) =>
    new Anthropic({ baseURL: proxy, apiKey: key, ...(retries === 'none' && { maxRetries: 0 }) }),
  classOf(status) {
    if (status === undefined) return APIError;
    if (status === 402) return PaymentRequiredError;
    return status === 503 ? ServiceUnavailableError : InternalServerError;
  },
});
