import type { Provider } from '../../money/prices.ts';

/**
 * Names under which providers serve a model that the catalogue lists under another name. Each stands here on purpose: a
 * name that is neither listed by the catalogue, nor a listed name with a date, nor in this table has no price.
 */
export const ALIASES: Readonly<Record<Provider, Readonly<Record<string, string>>>> = {
  openai: {},
  anthropic: {
    'claude-3-5-haiku': 'claude-3-5-haiku-latest',
    'claude-3-5-sonnet-latest': 'claude-3-5-sonnet',
    'claude-3-7-sonnet': 'claude-3-7-sonnet-latest',
    'claude-3-opus': 'claude-3-opus-latest',
    'claude-opus-4': 'claude-opus-4-0',
    'claude-sonnet-4': 'claude-sonnet-4-0',
  },
  google: {
    'gemini-1.5-flash-001': 'gemini-1.5-flash',
    'gemini-1.5-flash-002': 'gemini-1.5-flash',
    'gemini-1.5-flash-latest': 'gemini-1.5-flash',
    'gemini-1.5-pro-001': 'gemini-1.5-pro',
    'gemini-1.5-pro-002': 'gemini-1.5-pro',
    'gemini-1.5-pro-latest': 'gemini-1.5-pro',
    'gemini-2.0-flash-001': 'gemini-2.0-flash',
    'gemini-2.0-flash-lite-001': 'gemini-2.0-flash-lite',
  },
};
