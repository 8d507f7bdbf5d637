import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { readPointer } from '../../contract/json-pointer.ts';
import { Unverified, Violation } from './errors.ts';
import { type AnsweredCall, describeCall, parseBody, readHeader } from './http-call.ts';

/**
 * What must hold. Each function returns when it does and throws a `Violation` with expected, actual and the call
 * when it does not. A check states its own sentence and no other: what it merely builds on stands in `given` functions.
 */
export function wantStatus(answered: AnsweredCall, ...allowed: readonly [number, ...number[]]): void {
  if (allowed.includes(answered.response.status)) return;
  throw new Violation(
    `status ${allowed.join(' or ')} from ${describeCall(answered)}`,
    `status ${answered.response.status}`,
    answered,
  );
}

/** The value at a JSON pointer of the body equals `expected`. */
export function wantValue(answered: AnsweredCall, pointer: string, expected: unknown): void {
  const actual = readPointer(wantJson(answered), pointer);
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Violation(`${pointer} ${show(expected)}`, show(actual), answered);
}

/** The body is JSON; answers it. */
export function wantJson(answered: AnsweredCall): unknown {
  const json = parseBody(answered);
  if (json !== undefined) return json;
  const type = readHeader(answered, 'content-type') ?? 'no content type';
  throw new Violation(`a JSON body from ${describeCall(answered)}`, `a body that is not JSON (${type})`, answered);
}

/** The body has the shape; fields that the shape does not name are allowed. Answers the body, typed. */
export function wantShape<Shape extends z.ZodType>(answered: AnsweredCall, shape: Shape): z.output<Shape> {
  const result = shape.safeParse(wantJson(answered), { reportInput: false });
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`);
  throw new Violation(`the documented body of ${describeCall(answered)}`, places.join('; '), answered);
}

/** A header is there, and matches the pattern where one is given. Answers its value. */
export function wantHeader(answered: AnsweredCall, name: string, pattern?: RegExp): string {
  const value = readHeader(answered, name);
  const expected = `a header ${name}${pattern === undefined ? '' : ` that matches ${pattern.source}`}`;
  if (value === undefined) throw new Violation(expected, 'none', answered);
  if (pattern !== undefined && !pattern.test(value)) throw new Violation(expected, show(value), answered);
  return value;
}

/** A header that is a list is there, on one line or on several (RFC 9110, section 5.3). Answers its items. */
export function wantListHeader(answered: AnsweredCall, name: string): readonly string[] {
  wantHeader(answered, name);
  const lines = answered.response.headers.filter(([header]) => header === name.toLowerCase());
  return lines.flatMap(([, value]) => value.split(',')).map((item) => item.trim());
}

/** Two values are equal; `what` names the compared thing, `evidence` is the call that `actual` came from. */
export function wantEqual(what: string, actual: unknown, expected: unknown, evidence?: AnsweredCall): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Violation(`${what} ${show(expected)}`, show(actual), evidence);
}

/** A fact that is no plain comparison: `expected` and `actual` say in words what must hold and what was seen. */
export function wantThat(holds: boolean, expected: string, actual: string, evidence?: AnsweredCall): void {
  if (!holds) throw new Violation(expected, actual, evidence);
}

/**
 * What a check builds on has one of these statuses (default 200 and 201). Where it does not, nothing is known about
 * the check's own sentence: it is unverified, and the requirement that did break says so itself.
 */
export function givenStatus(answered: AnsweredCall, ...allowed: readonly number[]): AnsweredCall {
  const statuses = allowed.length === 0 ? [200, 201] : allowed;
  if (statuses.includes(answered.response.status)) return answered;
  throw new Unverified(
    `could not be set up: ${describeCall(answered)} answered ${answered.response.status}, not ${statuses.join(' or ')}`,
    answered,
  );
}

/** What a check reads from an answer that is not its own subject has the shape; otherwise it is unverified. */
export function givenShape<Shape extends z.ZodType>(answered: AnsweredCall, shape: Shape): z.output<Shape> {
  const result = shape.safeParse(parseBody(givenStatus(answered)));
  if (result.success) return result.data;
  throw new Unverified(`could not be set up: ${describeCall(answered)} did not answer the documented body`, answered);
}

/** A precondition holds; otherwise the check is unverified, for this reason. */
export function givenThat(holds: boolean, reason: string, evidence?: AnsweredCall): void {
  if (!holds) throw new Unverified(reason, evidence);
}

/** A value as a report shows it: JSON, whole. The report shortens it, once nothing secret stands in it to be cut. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value) ?? String(value);
}
