import type { ProviderName } from '../../money/prices.ts';
import type { Operation } from './operation.ts';

/** Where providers have the OpenAI API, below their base URL. OpenAI's and OpenRouter's base URLs end with `/v1`. */
const PREFIXES: Readonly<Record<ProviderName, string>> = {
  openai: '',
  openrouter: '',
  anthropic: '/v1',
  google: '/v1beta/openai',
};

/** An operation of the OpenAI API at the providers that offer it. */
export function openAiEndpoint(path: string, offeredBy: readonly ProviderName[]): Operation['endpoint'] {
  return (provider) => {
    if (!offeredBy.includes(provider)) return undefined;
    const isOwn = provider === 'openai' || provider === 'openrouter';
    return { path: `${PREFIXES[provider]}${path}`, dialect: isOwn ? 'native' : 'openai-compatible' };
  };
}
