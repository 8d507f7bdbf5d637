import { readHeader, withHeader } from '../message.ts';
import { changing, on, passing, type Which } from '../mutations.ts';
import { MANAGED_KEY_PREFIX, type Seams } from '../reference-platform.ts';

/** Another key than the platform's own, on managed calls of a provider. */
export function callsWithOldKey(provider: 'openai' | 'anthropic' | 'google', header: string): Seams {
  return {
    provider: on(
      `* /${provider}/*`,
      passing((sent) => {
        const sentKey = readHeader(sent, header) ?? '';
        return sentKey.includes(MANAGED_KEY_PREFIX) ? withHeader(sent, header, `${sentKey}-of-last-year`) : sent;
      }),
    ),
  };
}

/** Hands the managed key out, in a header of these answers of the proxy. */
export function showsManagedKey(which: Which, shows: (status: number) => boolean = () => true): Seams {
  let key = '';
  return {
    provider: passing((sent) => {
      const credentials = ['authorization', 'x-api-key', 'x-goog-api-key'].map((name) => readHeader(sent, name) ?? '');
      key = credentials.find((value) => value.includes(MANAGED_KEY_PREFIX)) ?? '';
      return sent;
    }),
    proxy: on(
      which,
      changing((answer) => (shows(answer.status) && key !== '' ? withHeader(answer, 'x-upstream-key', key) : answer)),
    ),
  };
}
