import type { Violation } from '../answers/envelopes.ts';
import { STEERING_PARAMETERS } from '../answers/preferences.ts';
import type { PrismContent, PrismOperation } from './prism-operation.ts';

/** What Prism's validators report. */
export interface Diagnostic {
  /** The part of the request, then the segments of a JSON pointer into it, still escaped. */
  readonly path?: readonly string[];
  readonly code?: string | number;
  readonly message: string;
  readonly severity: number;
}

/** A large body has room for any number of unknown fields; the answer does not. */
const MOST_VIOLATIONS_LISTED = 100;

/** Prism's diagnostics in the contract's words, each with a pointer to the member that is at fault. */
export function violationsOf(diagnostics: readonly Diagnostic[]): Violation[] {
  return diagnostics.slice(0, MOST_VIOLATIONS_LISTED).map(({ path = [], code, message }) => {
    const [place = 'body', ...segments] = path;
    const member = memberOf(code, message);
    return {
      in: placeOf(place),
      pointer: segments.map((segment) => `/${segment}`).join('') + (member === undefined ? '' : pointerTo(member)),
      code: String(code ?? 'invalid'),
      message: wordsFor(code, message),
    };
  });
}

/** Query parameters that the operation does not declare, that stand there twice or empty: Prism lets them pass. */
export function queryViolations(operation: PrismOperation, query: URLSearchParams): Violation[] {
  const known = new Map(operation.request?.query?.map((parameter) => [parameter.name, parameter]));
  return [...new Set(query.keys())].flatMap((name): Violation[] => {
    const at = { in: 'query', pointer: pointerTo(name) } as const;
    const parameter = known.get(name);
    if (!parameter && STEERING_PARAMETERS.has(name)) return [];
    if (!parameter) return [{ ...at, code: 'additionalProperties', message: 'Unknown query parameter.' }];
    if (query.getAll(name).length > 1 && parameter.schema?.type !== 'array') {
      return [{ ...at, code: 'maxItems', message: 'May be given only once.' }];
    }
    const code = query.get(name) === '' ? keywordAgainstEmptyText(parameter.schema) : undefined;
    return code === undefined ? [] : [{ ...at, code, message: 'Must not be empty.' }];
  });
}

/** The keyword of the schema that an empty text breaks; Prism takes an optional parameter without a value as left out. */
function keywordAgainstEmptyText(schema: PrismContent['schema'] = {}): 'enum' | 'pattern' | undefined {
  if (schema.enum?.includes('') === false) return 'enum';
  return schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test('') ? 'pattern' : undefined;
}

/** The name of an unknown or missing member: Prism passes it on in the text of its message only. */
function memberOf(code: Diagnostic['code'], message: string): string | undefined {
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
function wordsFor(code: Diagnostic['code'], message: string): string {
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

function placeOf(place: string): Violation['in'] {
  return place === 'query' || place === 'path' || place === 'header' ? place : 'body';
}

/** One reference token of a JSON pointer, with its slash (RFC 6901 section 3). */
function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
