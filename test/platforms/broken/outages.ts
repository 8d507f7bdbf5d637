import type { BrokenPlatform } from './broken-platform.ts';
import { forgivingDisconnects, storeKnowing } from './ledgers.ts';

const isStream = ({ body }: { readonly body: Buffer }) => body.includes('"stream":true');

/** Gives back what is reserved where the cost of a call is not known. */
function releasing(provider: string, applies: (reason: string) => boolean) {
  return storeKnowing((store, admissionOf) => ({
    markUncertain: (holdId, reason, at) =>
      admissionOf(holdId).provider === provider && applies(reason)
        ? store.release(holdId, reason, at)
        : store.markUncertain(holdId, reason, at),
  }));
}

/** Keeps what is reserved for a call that the provider has refused. */
function keeping(provider: string) {
  return storeKnowing((store, admissionOf) => ({
    release: (holdId, reason, at) =>
      admissionOf(holdId).provider === provider
        ? store.markUncertain(holdId, reason, at)
        : store.release(holdId, reason, at),
  }));
}

const isWithoutUsage = (reason: string) => reason === 'answer_without_usage';

/** What becomes of a hold when one side goes away. */
export const outageRows: readonly BrokenPlatform[] = [
  {
    breaks: 'OAI-030',
    how: 'takes a call of OpenAI that broke off for one that cost nothing',
    store: releasing('openai', (reason) => !isWithoutUsage(reason)),
  },
  {
    breaks: 'OAI-031',
    how: 'takes an answer without usage for one that cost nothing',
    store: releasing('openai', isWithoutUsage),
  },
  {
    breaks: 'ANT-015',
    how: 'takes a call of Anthropic that broke off for one that cost nothing',
    store: releasing('anthropic', () => true),
  },
  {
    breaks: 'GEM-015',
    how: 'takes a call of Google that broke off for one that cost nothing',
    store: releasing('google', () => true),
  },
  { breaks: 'ANT-009', how: 'keeps the hold of a call that Anthropic refused', store: keeping('anthropic') },
  { breaks: 'GEM-009', how: 'keeps the hold of a call that Google refused', store: keeping('google') },
  {
    breaks: 'OAI-033',
    how: 'charges nothing for a stream of OpenAI whose caller went away',
    ...forgivingDisconnects((sent) => sent.path === '/v1/chat/completions' && isStream(sent)),
  },
  {
    breaks: 'OAI-034',
    how: 'charges nothing for a buffered call whose caller went away',
    ...forgivingDisconnects((sent) => sent.path === '/v1/chat/completions' && !isStream(sent)),
  },
  {
    breaks: 'GEM-013',
    how: 'charges nothing for a stream of Gemini whose caller went away',
    ...forgivingDisconnects((sent) => sent.path.includes(':streamGenerateContent')),
  },
];
