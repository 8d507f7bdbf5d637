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
  const sent = Object.entries(body as Body);
  const unknown = sent.filter(([name]) => !Object.hasOwn(fields, name)).map(([name]) => [name, 'unknown'] as const);
  const wrong = sent
    .filter(([name, value]) => fields[name]?.(value) === false)
    .map(([name]) => [name, 'value'] as const);
  const absent = required
    .filter((name) => !Object.hasOwn(body as Body, name))
    .map((name) => [name, 'required'] as const);
  refuseAll('body', [...unknown, ...wrong, ...absent]);
  return body as Body;
}
