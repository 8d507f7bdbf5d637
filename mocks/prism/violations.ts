import { pointerTo } from '../../contract/json-pointer.ts';
import { queryViolations, type Violation } from '../../contract/violations.ts';
import { STEERING_PARAMETERS } from '../responses/preferences.ts';
import type { Diagnostic, PrismOperation } from './engine.ts';

type QueryParameter = NonNullable<NonNullable<PrismOperation['request']>['query']>[number];

/** Prism's diagnostics in the contract's words, each with a pointer to the member that is at fault. */
export function inputViolations(diagnostics: readonly Diagnostic[]): Violation[] {
  return diagnostics.map(({ path = [], code, message }) => {
    const [part = 'body', ...segments] = path;
    const member = memberName(code, message);
    return {
      in: part === 'query' || part === 'path' || part === 'header' ? part : 'body',
      pointer: segments.map((segment) => `/${segment}`).join('') + (member === undefined ? '' : pointerTo(member)),
      code: String(code ?? 'invalid'),
      message: sentence(code, message),
    };
  });
}

/** Query parameters that the operation does not declare, that are given twice or empty: Prism lets them pass. */
export function undeclaredQuery({ request }: PrismOperation, query: URLSearchParams): Violation[] {
  const declared = request?.query ?? [];
  const lists = declared.filter(({ schema }) => schema?.type === 'array').map(({ name }) => name);
  const known = new Set([...declared.map(({ name }) => name), ...STEERING_PARAMETERS]);
  return [
    ...queryViolations(query, known, new Set([...lists, ...STEERING_PARAMETERS])),
    ...declared.filter(({ name }) => query.get(name) === '').flatMap(emptyViolation),
  ];
}

/** Prism takes an optional parameter without a value as left out. */
function emptyViolation({ name, schema = {} }: QueryParameter): Violation[] {
  const isListed = schema.enum?.includes('') ?? true;
  const isMatch = schema.pattern === undefined || new RegExp(schema.pattern, 'u').test('');
  if (isListed && isMatch) return [];
  const code = isListed ? 'pattern' : 'enum';
  return [{ in: 'query', pointer: pointerTo(name), code, message: 'Must not be empty.' }];
}

/** The name of an unknown or missing member: Prism passes it on in the text of its message only. */
function memberName(code: Diagnostic['code'], message: string): string | undefined {
  switch (code) {
    case 'additionalProperties':
      return /; found '(.*)'$/s.exec(message)?.[1];
    case 'unevaluatedProperties':
      return /: '(.*)'$/s.exec(message)?.[1];
    case 'required':
      return /must have required property '(.*)'$/s.exec(message)?.[1];
    default:
      return undefined;
  }
}

/** The message without the place, which stands in `in` and `pointer`. It repeats no value that the caller sent. */
function sentence(code: Diagnostic['code'], message: string): string {
  switch (code) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'Unknown field.';
    case 'required':
      return 'Is required.';
    case 'enum':
      return `Must be one of ${allowedValues(message)}.`;
    default:
      return `Must${/must( .*)$/s.exec(message)?.[1] ?? ' be valid'}.`;
  }
}

/** Prism writes nothing for the null of a nullable enum. */
function allowedValues(message: string): string {
  const [, list = ''] = /allowed values: (.*)$/s.exec(message) ?? [];
  return list
    .split(', ')
    .map((value) => value || 'null')
    .join(', ');
}
