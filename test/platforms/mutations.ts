import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { Edit } from './json-edits.ts';
import {
  type FrontRequest,
  type FrontResponse,
  jsonAnswer,
  type Mutation,
  parseJson,
  readText,
  withText,
} from './message.ts';

/** Which requests: `PUT /workspaces/{id}/ai-config`, as the contract writes them, several of those, or a question. */
export type Which = string | readonly string[] | ((sent: FrontRequest) => boolean);

/** The mutation, for these requests only. */
export function on(which: Which, mutation: Mutation): Mutation {
  const applies = matchesRoute(which);
  return (sent, forward) => (applies(sent) ? mutation(sent, forward) : forward(sent));
}

/** One before the other: the first is the farthest from the platform. */
export function both(...mutations: readonly Mutation[]): Mutation {
  return mutations.reduceRight<Mutation>(
    (inner, outer) => (sent, forward) => outer(sent, (next) => inner(next, forward)),
    (sent, forward) => forward(sent),
  );
}

/** Changes the JSON that is sent. A body that is none, or that the edit leaves alone, passes byte for byte. */
export function sending(edit: Edit): Mutation {
  return (sent, forward) => {
    const json = parseJson(sent);
    const edited = json === undefined ? undefined : edit(json);
    return forward(isDeepStrictEqual(edited, json) ? sent : { ...sent, body: Buffer.from(JSON.stringify(edited)) });
  };
}

/** Changes the JSON of successful answers. */
export function answering(edit: Edit): Mutation {
  return rewriting(({ status }) => status < 300, edit);
}

/** Changes the JSON of answers with one of these statuses. */
export function refusing(statuses: readonly number[], edit: Edit): Mutation {
  return rewriting(({ status }) => statuses.includes(status), edit);
}

function rewriting(applies: (answer: FrontResponse) => boolean, edit: Edit): Mutation {
  return async (sent, forward) => {
    const answer = await forward(sent);
    if (!applies(answer)) return answer;
    const text = await readText(answer);
    const json = parseJson({ body: Buffer.from(text) });
    return withText(answer, json === undefined ? text : JSON.stringify(edit(json)));
  };
}

/** Another status where the platform says `from`; the body stays. */
export function saying(to: number, from: number): Mutation {
  return async (sent, forward) => {
    const answer = await forward(sent);
    return answer.status === from ? { ...answer, status: to } : answer;
  };
}

/** Answers by itself: the platform never hears of it. */
export function instead(status: number, json: unknown): Mutation {
  return async () => jsonAnswer(status, json);
}

/** Changes what is sent, headers and path included. */
export function passing(change: (sent: FrontRequest) => FrontRequest): Mutation {
  return (sent, forward) => forward(change(sent));
}

/** Changes an answer as it comes, its status and headers above all. */
export function changing(
  change: (answer: FrontResponse, sent: FrontRequest) => FrontResponse | Promise<FrontResponse>,
): Mutation {
  return async (sent, forward) => change(await forward(sent), sent);
}

/**
 * Changes the events of a stream one by one, as they come, each with its lines and without the empty line after it;
 * undefined drops one. Answers that are no event stream pass as they are.
 */
export function streaming(change: (event: string) => string | undefined): Mutation {
  return changing((answer) => {
    const isStream = answer.headers.some(([name, value]) => /^content-type$/i.test(name) && /event-stream/.test(value));
    if (!isStream) return answer;
    const headers = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
    return { ...answer, headers, body: Readable.from(changedEvents(answer.body, change)) };
  });
}

async function* changedEvents(body: AsyncIterable<Buffer>, change: (event: string) => string | undefined) {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of body) {
    const events = (rest + decoder.decode(piece, { stream: true })).split(/\r?\n\r?\n/);
    rest = events.pop() ?? '';
    for (const event of events) {
      const changed = change(event);
      if (changed !== undefined) yield Buffer.from(`${changed}\n\n`);
    }
  }
  if (rest !== '') yield Buffer.from(change(rest) ?? '');
}

/** The edit of JSON, for `streaming`: applied to the data of events that are JSON. */
export function eventData(edit: Edit): (event: string) => string {
  return (event) =>
    event.replace(/^data: ?(.*)$/m, (line, data: string) => {
      const json = parseJson({ body: Buffer.from(data) });
      return json === undefined ? line : `data: ${JSON.stringify(edit(json))}`;
    });
}

/** The question that `which` stands for. */
export function matchesRoute(which: Which): (sent: FrontRequest) => boolean {
  if (typeof which === 'function') return which;
  const patterns = [which].flat().map(toPattern);
  return ({ method, path }) => {
    const called = `${method} ${path.split('?')[0]?.replace(/^\/api\/v1/, '')}`;
    return patterns.some((pattern) => pattern.test(called));
  };
}

/** `{id}` stands for one step of the path, a `*` at the end for whatever follows, and a `*` as method for any. */
function toPattern(route: string): RegExp {
  const escaped = route.replace(/[.+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped
      .replace(/^\*/, '[A-Z]+')
      .replace(/\*$/, '.*')
      .replace(/\{\w+\}/g, '[^/]+')}$`,
  );
}
