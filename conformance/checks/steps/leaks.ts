import { eventTexts } from '../../http/event-texts.ts';
import type { Answered } from '../../http/http-call.ts';
import { nameOf } from '../../http/http-call.ts';
import { writings } from '../../http/secrets.ts';
import { layersOf } from '../../http/unescape.ts';
import { wantThat } from '../../http/want.ts';

/** The secret is nowhere in the answers: no header, no body, no stream; not plain, encoded, or cut over events. */
export function wantNoLeak(answers: readonly Answered[], secret: string, what: string): void {
  for (const answered of answers) {
    const place = leakIn(answered, secret);
    wantThat(place === undefined, `${what} nowhere in the answer of ${nameOf(answered)}`, `it in ${place}`, answered);
  }
}

/** Where the secret stands, in words; undefined where it does not. */
export function leakIn({ answer }: Answered, secret: string): string | undefined {
  for (const [text, form] of writings(secret)) {
    const header = answer.headers.find(([name, value]) => name.includes(text.toLowerCase()) || value.includes(text));
    if (header !== undefined) return `the header ${header[0]} (${form})`;
    if (answer.text.includes(text)) return `the body (${form})`;
    if ([...layersOf(answer.text)].some((layer) => layer.text.includes(text))) return `the body (${form}, in escapes)`;
    if ([...eventTexts(answer.text)].some((joined) => joined.includes(text))) return `the joined events (${form})`;
  }
  return undefined;
}
