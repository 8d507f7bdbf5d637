/** Where the higher rates of long prompts begin, by the providers' own pages, and what the catalogue states otherwise. */
import type { ProviderName } from '../../money/prices.ts';

export interface TierBoundary {
  readonly provider: ProviderName;
  /** As the catalogue names them. */
  readonly models: readonly string[];
  /** The higher rates hold for the whole call once its input, cache reads and writes included, is above this. */
  readonly aboveInputTokens: number;
  /** What the catalogue states instead; undefined where it is right. A newer catalogue that states it right is left alone. */
  readonly listed?: number;
  /** The page, and what it says. */
  readonly source: string;
  readonly clause: string;
}

/** Every model of the catalogue whose price has a tier: a test fails for one that is missing here. */
export const TIER_BOUNDARIES: readonly TierBoundary[] = [
  {
    provider: 'openai',
    models: [
      'gpt-5.4',
      'gpt-5.4-pro',
      'gpt-5.5',
      'gpt-5.5-pro',
      'gpt-5.6-luna',
      'gpt-5.6-sol',
      'gpt-5.6-terra',
      'gpt-6-astra',
    ],
    aboveInputTokens: 272_000,
    listed: 271_999,
    source: 'https://developers.openai.com/api/docs/models',
    clause: 'prompts with >272K input tokens are priced at 2x input and 1.5x output for the full session',
  },
  {
    provider: 'openai',
    models: ['gpt-6-luna', 'gpt-6-sol'],
    aboveInputTokens: 272_000,
    source: 'https://developers.openai.com/api/docs/models',
    clause: 'prompts with >272K input tokens are priced at 2x input and 1.5x output for the full session',
  },
  {
    // With a beta header only, in every case: without it, longer prompts were refused. Sonnet 4.5 refuses them again since
    // 2026-04-30. For Opus 4.6 and Sonnet 4.6 the higher rates ended on 2026-03-13; newer models never had them.
    provider: 'anthropic',
    models: ['claude-opus-4-6', 'claude-sonnet-4-5', 'claude-sonnet-4-6'],
    aboveInputTokens: 200_000,
    source: 'https://platform.claude.com/docs/en/about-claude/pricing',
    clause: 'input above 200K tokens, cache reads and writes included: premium rates for all tokens of the request',
  },
  {
    provider: 'google',
    models: ['gemini-2.5-pro', 'gemini-3-pro-preview', 'gemini-3.1-pro-preview'],
    aboveInputTokens: 200_000,
    source: 'https://ai.google.dev/gemini-api/docs/pricing',
    clause: 'prompts <= 200k tokens; prompts > 200k tokens',
  },
  {
    provider: 'google',
    models: ['gemini-1.5-flash', 'gemini-1.5-pro', 'gemini-flash-1.5', 'gemini-flash-1.5-8b', 'gemini-pro-1.5'],
    aboveInputTokens: 128_000,
    source: 'https://ai.google.dev/gemini-api/docs/pricing',
    clause: 'prompts <= 128k tokens; prompts > 128k tokens',
  },
  {
    provider: 'openrouter',
    models: [
      'openai/gpt-5.4',
      'openai/gpt-5.4-pro',
      'openai/gpt-5.5',
      'openai/gpt-5.5-pro',
      'openai/gpt-5.6-luna',
      'openai/gpt-5.6-sol',
      'openai/gpt-5.6-terra',
      'openai/gpt-6-luna',
      'openai/gpt-6-luna:batch',
      'openai/gpt-6-sol',
      'openai/gpt-6-sol:batch',
    ],
    aboveInputTokens: 272_000,
    source: 'https://openrouter.ai/models',
    clause: 'prices of the maker, whose higher rates begin above 272K',
  },
  {
    provider: 'openrouter',
    models: ['anthropic/claude-sonnet-4.5'],
    aboveInputTokens: 200_000,
    source: 'https://openrouter.ai/models',
    clause: 'prices of the maker, whose higher rates begin above 200K',
  },
  {
    provider: 'openrouter',
    models: ['x-ai/grok-4-fast'],
    aboveInputTokens: 127_999,
    listed: 128_000,
    source: 'https://docs.x.ai/developers/models',
    clause: 'requests whose prompt reaches the threshold are billed at the higher rate for all tokens in the request',
  },
];

/** Where a tier begins that the catalogue lets begin above `listed` tokens. */
export function tierBoundary(provider: ProviderName, model: string, listed: number): number {
  const row = TIER_BOUNDARIES.find(
    (candidate) => candidate.provider === provider && candidate.listed === listed && candidate.models.includes(model),
  );
  return row?.aboveInputTokens ?? listed;
}
