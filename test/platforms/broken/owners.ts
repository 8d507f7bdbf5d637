import { valueAt } from '../../../conformance/http/http-call.ts';
import { both, changing, on, type Which } from '../faults.ts';
import { type Fault, headerOf, jsonOf, type Sent, textOf, withHeader, withText } from '../message.ts';

/** Looks at the JSON of answers, which pass as they are. */
export function reading(which: Which, read: (json: unknown, sent: Sent) => void): Fault {
  return on(
    which,
    changing(async (answer, sent) => {
      const text = await textOf(answer);
      read(jsonOf({ body: Buffer.from(text) }), sent);
      return withText(answer, text);
    }),
  );
}

/** Says 404 to a stranger, and does all the same what was asked: as the owner, whose credential it has seen. */
export function obeysStrangers(which: Which): Fault {
  const owners = new Map<unknown, string | undefined>();
  const learns = reading(['POST /workspaces', 'POST /api-keys'], (json, sent) => {
    owners.set(valueAt(json, '/vm/id') ?? valueAt(json, '/id'), headerOf(sent, 'authorization'));
  });
  const obeys = on(which, async (sent, forward) => {
    const answer = await forward(sent);
    const id = sent.path.split('/').find((step) => owners.has(step));
    if (answer.status !== 404 || id === undefined) return answer;
    (await forward(withHeader(sent, 'authorization', owners.get(id)))).body.resume();
    return answer;
  });
  return both(learns, obeys);
}
