import type { Account, Key, State, Workspace } from './state.ts';

/** A request that was let in. `workspace` and `key` are the caller's own of the id in the path; there is none: 404. */
export interface Call {
  readonly state: State;
  readonly account: Account;
  readonly query: URLSearchParams;
  workspace(): Workspace;
  key(): Key;
  /** The JSON object that was sent, of these fields and no others; anything else is refused. */
  body(fields: Fields, required?: readonly string[]): Body;
}

export type Body = Readonly<Record<string, unknown>>;
/** Whether a field's value is one that the contract knows. */
export type Fields = Readonly<Record<string, (value: unknown) => boolean>>;

export interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: object, status = 200): Reply => ({ status, body });

/** Ends a request from wherever it is noticed. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(status: number, code: string, message: string, details?: object, headers = {}) {
    super(message);
    this.reply = { status, headers, body: { error: { message, code, ...(details && { details }) } } };
  }
}

export const notFound = () => new Refused(404, 'not_found', 'Nothing of yours is found here.');

const objection = (where: string, name: string, rule: string) => {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { message: `Against the rule "${rule}".`, code: rule, in: where, pointer };
};

export function refuseAll(where: string, faults: readonly (readonly [name: string, rule: string])[]): void {
  if (faults.length === 0) return;
  const details = faults.map(([name, rule]) => objection(where, name, rule));
  throw new Refused(400, 'invalid_request', `The ${where} is not what this wants.`, details);
}

export function readBody(raw: string, fields: Fields, required: readonly string[]): Body {
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    throw new Refused(400, 'malformed_json', 'That is not JSON.');
  }
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (!isObject) throw new Refused(400, 'invalid_request', 'Send a JSON object.');
  if (repeatsField(raw)) throw new Refused(400, 'invalid_request', 'A field stands twice in it.');
  const names = Object.keys(body as Body);
  const known = names.filter((name) => Object.hasOwn(fields, name));
  const unknown = names.filter((name) => !Object.hasOwn(fields, name));
  const wrong = known.filter((name) => !fields[name]?.((body as Body)[name]));
  const absent = required.filter((name) => !known.includes(name));
  const faults = { unknown, value: wrong, required: absent };
  refuseAll(
    'body',
    Object.entries(faults).flatMap(([rule, names]) => names.map((name) => [name, rule] as const)),
  );
  return body as Body;
}

/** For `JSON.parse` the last one wins. Here none does. */
function repeatsField(json: string): boolean {
  const open: Set<string>[] = [];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token.endsWith(':')) {
      const name = JSON.parse(token.slice(0, -1));
      if (open.at(-1)?.has(name)) return true;
      open.at(-1)?.add(name);
    }
  }
  return false;
}
