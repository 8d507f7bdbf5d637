import { type AnsweredCall, describeCall } from '../../http/http-call.ts';
import { layersOf, writings } from '../../http/secrets.ts';
import { wantThat } from '../../http/want.ts';
import type { ProxyCaller } from '../../platform/callers.ts';
import type { ProviderName } from '../../platform/config.ts';
import type { Context } from '../../platform/context.ts';
import { callAi } from './metering.ts';

/**
 * Calls for which the provider repeats the key that it was called with: in its answer, in one
 * event of a stream (cut over the chunks of the connection), and in its errors, headers included.
 */
export async function answersThatRepeat(
  t: Context,
  caller: ProxyCaller,
  provider: ProviderName,
  key: string,
  kinds: readonly (keyof typeof repetitions)[],
): Promise<readonly AnsweredCall[]> {
  const stub = await t.stub(provider);
  const answers: AnsweredCall[] = [];
  for (const kind of kinds) {
    const { respond, stream } = repetitions[kind](key);
    await stub.script(respond);
    // Enough room for the whole key in the answer.
    answers.push(await callAi(t, caller, provider, { stream, maxTokens: 256 }));
  }
  return answers;
}

const repetitions = {
  buffered: (key: string) => ({ respond: { text: `Your key is ${key}, is it not?` }, stream: false }),
  streamed: (key: string) => ({
    respond: { text: `Your key is ${key}, is it not?`, chunks: 1, chunking: { bytes: 13 } },
    stream: true,
  }),
  refusal: (key: string) => ({ respond: { error: refusalWith(401, key) }, stream: false }),
  failure: (key: string) => ({ respond: { error: refusalWith(500, key) }, stream: false }),
  'refused stream': (key: string) => ({ respond: { error: refusalWith(400, key) }, stream: true }),
  'broken stream': (key: string) => ({
    respond: { errorMidStream: { afterChunks: 1, message: `Incorrect API key provided: ${key}.` } },
    stream: true,
  }),
} as const;

function refusalWith(status: number, key: string) {
  return {
    status,
    message: `Incorrect API key provided: ${key}.`,
    headers: { 'x-provider-key': key, 'www-authenticate': `Bearer realm="${key}"` },
  };
}

export const EVERY_REPETITION = Object.keys(repetitions) as readonly (keyof typeof repetitions)[];

/** The platform's own key for the provider is in none of the answers. */
export async function wantManagedKeyHidden(
  t: Context,
  provider: ProviderName,
  kinds: readonly (keyof typeof repetitions)[] = EVERY_REPETITION,
): Promise<void> {
  const key = t.config.providerKeys?.[provider] ?? '';
  wantNoLeak(await answersThatRepeat(t, await t.proxy(), provider, key, kinds), key, `the managed ${provider} key`);
}

/** The secret is nowhere in the answers: no header, no body, no stream; not plain, and not encoded. */
export function wantNoLeak(answers: readonly AnsweredCall[], secret: string, what: string): void {
  for (const answered of answers) {
    const place = leakIn(answered, secret);
    wantThat(
      place === undefined,
      `${what} nowhere in the answer of ${describeCall(answered)}`,
      `it in ${place}`,
      answered,
    );
  }
}

/** Where the secret stands, in words; undefined where it does not. */
export function leakIn({ response }: AnsweredCall, secret: string): string | undefined {
  for (const [text, form] of writings(secret)) {
    const header = response.headers.find(([name, value]) => name.includes(text.toLowerCase()) || value.includes(text));
    if (header !== undefined) return `the header ${header[0]} (${form})`;
    if (response.text.includes(text)) return `the body (${form})`;
    if ([...layersOf(response.text)].some((layer) => layer.text.includes(text)))
      return `the body (${form}, in escapes)`;
  }
  return undefined;
}
