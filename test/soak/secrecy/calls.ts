import type { ScriptRule } from '../../../mocks/providers/index.ts';
import type { Chance } from '../../harness/chance.ts';
import type { Maker } from '../prices/price-book.ts';

/** A call whose answer is going to repeat the key that it was made with. */
export interface EchoCall {
  /** In its body. */
  readonly tag: string;
  readonly path: string;
  readonly body: object;
  readonly respond: ScriptRule['respond'];
}

type Shape = (text: string) => Pick<EchoCall, 'path' | 'body'>;

const chat = (model: string, stream: boolean, path = '/v1/chat/completions'): Shape => {
  return (content) => ({ path, body: { model, stream, max_tokens: 900, messages: [{ role: 'user', content }] } });
};
const messages = (stream: boolean): Shape => {
  const model = 'claude-haiku-4-5';
  return (content) => ({
    path: '/v1/messages',
    body: { model, stream, max_tokens: 900, messages: [{ role: 'user', content }] },
  });
};
const gemini = (action: string): Shape => {
  return (text) => ({
    path: `/google/v1beta/models/gemini-2.5-flash:${action}`,
    body: { contents: [{ parts: [{ text }] }], generationConfig: { maxOutputTokens: 900 } },
  });
};

const SHAPES: Readonly<Record<Maker, readonly Shape[]>> = {
  openai: [
    chat('gpt-4o-mini', false),
    chat('gpt-4o-mini', true),
    chat('gpt-4o-mini', true, '/openai/v1/chat/completions'),
    (input) => ({ path: '/v1/responses', body: { model: 'gpt-4o-mini', input, stream: true } }),
    (input) => ({ path: '/v1/responses', body: { model: 'gpt-4o-mini', input } }),
    (prompt) => ({ path: '/v1/completions', body: { model: 'gpt-3.5-turbo-instruct', prompt, max_tokens: 900 } }),
    (input) => ({ path: '/v1/embeddings', body: { model: 'text-embedding-3-small', input } }),
  ],
  anthropic: [messages(false), messages(true), chat('claude-haiku-4-5', true)],
  google: [
    gemini('generateContent'),
    gemini('streamGenerateContent?alt=sse'),
    gemini('streamGenerateContent'),
    (text) => ({
      path: '/v1beta/models/gemini-embedding-001:embedContent',
      body: { content: { parts: [{ text }] } },
    }),
    chat('gemini-2.5-flash', true),
  ],
};

/** The routes on which a platform with a key for OpenRouter calls nobody else. */
const PLAIN = /^\/v1\/(?:chat\/completions|completions|responses|embeddings)$/;

/** So many ways of repeating the key are tried on a shape; all of them on all shapes together, and with time everywhere. */
const WAYS_A_SHAPE = 4;

/** Every shape of a provider, with some ways of repeating the key that the call comes with. */
export function echoCalls(
  maker: Maker,
  keys: { readonly plain: string; readonly native: string },
  newTag: () => string,
  chance: Chance,
): readonly EchoCall[] {
  const start = chance.between(0, 100);
  return SHAPES[maker].flatMap((shape, place) => {
    const ways = waysToEcho(PLAIN.test(shape('').path) ? keys.plain : keys.native, chance);
    return Array.from({ length: WAYS_A_SHAPE }, (_, step) => {
      const respond = ways[(start + place * WAYS_A_SHAPE + step) % ways.length] ?? {};
      const tag = newTag();
      return { ...shape(`Which key do you have? ${tag}`), tag, respond };
    });
  });
}

/** A stream has the key in one event, which `chunking` may cut: a key that is spelled out over several is not looked for. */
function waysToEcho(key: string, chance: Chance): readonly ScriptRule['respond'][] {
  const form = chance.pick([key, Buffer.from(key).toString('base64'), encodeURIComponent(key)]);
  const text = `${'.'.repeat(chance.between(0, 9))}${form} and ${key}${'.'.repeat(chance.between(0, 9))}`;
  const chunking = chance.pick(['event', 'byte', 'crlf', 'comments', { bytes: chance.between(2, 60) }] as const);
  return [
    { text, chunks: 1, chunking },
    { text, chunks: 1, omitUsage: true, chunking },
    { error: { status: 400, message: `Not with ${form}`, code: key, type: key }, chunking },
    { error: { status: 401, message: `Incorrect API key provided: ${key}` } },
    { error: { status: 429, message: text, headers: { 'retry-after': key, 'x-should-retry': key } } },
    { error: { status: 500, message: form, reportsUsage: true } },
    { errorMidStream: { afterChunks: chance.between(0, 4), message: `Broken: ${text}`, code: key } },
    { text, chunks: 1, disconnect: { afterChunks: 1 } },
    { text, disconnect: 'before-headers' },
    { text, chunks: 1, disconnect: 'before-end' },
    { text, chunks: 1, truncate: { afterChunks: 1 } },
  ];
}
