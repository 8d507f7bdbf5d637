import type { controlPlane } from '../../client/index.ts';
import type { Failure } from '../data/outcome.ts';

/** Texts for values of the contract. */

export const PROVIDERS: Readonly<Record<controlPlane.AiProvider, string>> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
};

export const MODES: Readonly<Record<controlPlane.AiMode, string>> = { managed: 'Managed', byok: 'Own key' };

export function failureInWords(failure: Failure): string {
  switch (failure.kind) {
    case 'unauthorized':
      return 'The platform does not accept this key. Use a key of the account; the key of a workspace is for the AI proxy only.';
    case 'offline':
      return 'No response. Check the URL and the network, and whether the platform allows this page to read it (CORS).';
    case 'rate_limited':
      return `Too many requests. Try again in ${seconds(failure.retryAfterMs)}.`;
    case 'refused':
      return failure.message;
  }
}

export function seconds(ms: number): string {
  const count = Math.max(1, Math.ceil(ms / 1000));
  return count === 1 ? '1 second' : `${count} seconds`;
}

interface StatusWords {
  readonly title: string;
  readonly meaning: string;
  readonly tone: 'good' | 'bad' | 'plain';
}

export function statusInWords(status: controlPlane.WorkspaceAiConfigStatus, provider: string): StatusWords {
  switch (status) {
    case 'managed_active':
      return {
        title: 'Managed',
        meaning: `Calls go to ${provider} with the platform's key and are paid with credits.`,
        tone: 'plain',
      };
    case 'byok_active':
      return {
        title: 'Own key in use',
        meaning: `Calls go to ${provider} with this workspace's own key and cost no credits.`,
        tone: 'good',
      };
    case 'invalid_missing_key':
      return {
        title: 'Key missing',
        meaning: `AI calls are refused: no key is stored for ${provider}. Store one, or switch to managed.`,
        tone: 'bad',
      };
  }
}

export function memory(mb: number): string {
  return mb >= 1024 ? `${Number((mb / 1024).toFixed(1))} GB` : `${mb} MB`;
}

export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
