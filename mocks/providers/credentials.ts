import type { Endpoint } from './call.ts';
import type { Provider } from './operation.ts';

/** The message of the 401 for a call without a credential, per provider. */
export const MISSING_CREDENTIAL_MESSAGE: Readonly<Record<Provider, string>> = {
  openai: 'No API key was given. Send it as: Authorization: Bearer YOUR_KEY.',
  openrouter: 'No API key was given. Send it as: Authorization: Bearer YOUR_KEY.',
  anthropic: 'x-api-key or Authorization header is required',
  google: 'The request has no API key. Send it in the x-goog-api-key header.',
};

/**
 * The provider key that a call carries where its provider looks for one, or undefined when it is missing or blank. Where
 * several are sent, the provider's own header wins.
 */
export function credentialOf(
  endpoint: Endpoint,
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): string | undefined {
  const bearer = /^Bearer\s+(\S.*)$/i.exec(headers.authorization ?? '')?.[1];
  const places: Record<Provider, (string | null | undefined)[]> = {
    openai: [bearer],
    openrouter: [bearer],
    anthropic: [headers['x-api-key'], bearer],
    google: [headers['x-goog-api-key'], query.get('key'), endpoint.envelope === 'google-compat' ? bearer : undefined],
  };
  return places[endpoint.provider].map((value) => value?.trim()).find((value) => value !== undefined && value !== '');
}
