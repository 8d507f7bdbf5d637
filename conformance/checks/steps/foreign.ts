import type { Answered } from '../../http/http-call.ts';
import { wantEqual, wantStatus } from '../../http/want.ts';

/**
 * Both are 404, and their bodies are the same but for the ids that were asked for: whoever guesses ids learns nothing
 * from the difference between a foreign one and one that does not exist.
 */
export function wantIndistinguishable(
  foreign: { readonly answered: Answered; readonly id: string },
  unknown: { readonly answered: Answered; readonly id: string },
): void {
  wantStatus(foreign.answered, 404);
  wantStatus(unknown.answered, 404);
  const body = ({ answered, id }: typeof foreign) => answered.answer.text.replaceAll(id, '{id}');
  wantEqual('body for a foreign id', body(foreign), body(unknown), foreign.answered);
}
