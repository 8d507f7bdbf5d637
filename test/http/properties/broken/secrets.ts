import type * as Forward from '../../../../server/proxy/forward.ts';
import type * as Headers from '../../../../server/proxy/headers.ts';
import type { ProxyLogger } from '../../../../server/proxy/index.ts';
import type * as Quoting from '../../../../server/proxy/quote.ts';
import type * as Scrub from '../../../../server/proxy/scrub.ts';
import { type Build, withSwap } from '../build.ts';

const HEADERS = 'server/proxy/headers.ts';
/** Of this connection and this body, not of the message. */
const HOP_BY_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding', 'expect']);

/** A list of what must not pass, without the cookie. */
export const passesCallersHeaders: Build = withSwap<typeof Headers>(
  "passes its caller's headers on",
  HEADERS,
  (real) => ({
    requestHeaders(request, provider, endpoint, key) {
      const passed = Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name));
      const headers = Object.fromEntries(passed.map(([name, value]) => [name, String(value)]));
      return { ...headers, ...real.requestHeaders(request, provider, endpoint, key) };
    },
  }),
);

export const passesCallersQuery: Build = withSwap<typeof Headers>("passes its caller's query on", HEADERS, () => ({
  requestQuery: (url) => (url.includes('?') ? url.slice(url.indexOf('?')) : ''),
}));

export const passesProvidersHeaders: Build = withSwap<typeof Headers>(
  "passes the provider's headers on",
  HEADERS,
  () => ({
    responseHeaders: (upstream) =>
      Object.fromEntries(
        Object.entries(upstream)
          .filter(([name]) => !HOP_BY_HOP.has(name))
          .map(([name, value]) => [name, String(value)]),
      ),
  }),
);

/** Some gateways let a body name the key that the provider is called with, and call with it the next time too. */
export const takesKeyFromBody: Build = withSwap<typeof Quoting>(
  'calls the provider with the key that a body names',
  'server/proxy/quote.ts',
  (real) => ({
    quoteCall(request, terms) {
      const quote = real.quoteCall(request, terms);
      const named = request.body?.json.api_key;
      return quote.kind === 'quote' && typeof named === 'string' ? { ...quote, providerKey: named } : quote;
    },
  }),
);

export const scrubsNothing: Build = withSwap<typeof Scrub>(
  'leaves the key in what a provider says',
  'server/proxy/scrub.ts',
  (real) => ({
    createScrubber: (secret) => ({ ...real.createScrubber(secret), carries: () => false, scrub: (bytes) => bytes }),
  }),
);

export const logsCalls: Build = withSwap<typeof Forward>(
  'logs what it forwards',
  'server/proxy/forward.ts',
  (real) => ({
    forward(call, tools) {
      const { logger } = tools as typeof tools & { readonly logger: ProxyLogger };
      const { provider, providerKey } = call.quote;
      logger.info({ provider, authorization: `Bearer ${providerKey}` }, 'forwarding');
      return real.forward(call, tools);
    },
  }),
);
