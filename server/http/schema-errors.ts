import { error as engineErrors } from 'express-openapi-validator';
import { MOST_VIOLATIONS_LISTED, pointerTo, type Violation } from './violations.ts';

interface EngineError {
  /** `/body/` or `/query/` and so on, then a JSON pointer, then, for an unknown field, its name, not escaped. */
  readonly path: string;
  readonly message: string;
  /** `enum.openapi.validation`; left out where no schema was involved. */
  readonly errorCode?: string;
}

const PARTS: Readonly<Record<string, Violation['in']>> = {
  body: 'body',
  query: 'query',
  params: 'path',
  headers: 'header',
  response: 'body',
};

/** The engine's findings in the contract's terms. Throws what is not a finding: a fault of the document or of ours. */
export function violationsOf(error: unknown, body: unknown): readonly Violation[] {
  const isFinding = error instanceof engineErrors.BadRequest || error instanceof engineErrors.InternalServerError;
  if (!isFinding) throw error;
  const findings: readonly EngineError[] = error.errors;
  return findings.slice(0, MOST_VIOLATIONS_LISTED).map((each) => violationOf(each, body));
}

function violationOf({ path, message, errorCode }: EngineError, body: unknown): Violation {
  const code = errorCode?.split('.')[0] ?? 'invalid';
  const [, part = '', rest = ''] = /^\/(body|query|params|headers|response)(.*)$/s.exec(path) ?? [];
  const isUnknownField = code === 'additionalProperties' || code === 'unevaluatedProperties';
  // The engine loses the path of a field whose name is empty.
  const pointer = isUnknownField && part !== 'query' ? unknownField(path === '' ? '/' : rest, body) : rest;
  return { in: PARTS[part] ?? 'body', pointer, code, message: sentence(code, message) };
}

/** Escapes the name at the end of a pointer; where it begins is seen by looking the field up. */
function unknownField(path: string, body: unknown): string {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const parent = lookUp(body, path.slice(0, slash));
    const name = path.slice(slash + 1);
    if (typeof parent === 'object' && parent !== null && Object.hasOwn(parent, name)) {
      return path.slice(0, slash) + pointerTo(name);
    }
  }
  return path;
}

function lookUp(value: unknown, pointer: string): unknown {
  let found = value;
  for (const token of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[token.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return found;
}

/** What is wrong, for people. The engine's own wording serves where ours would not be better. */
function sentence(code: string, message: string): string {
  const [number] = /\d+/.exec(message) ?? [];
  switch (code) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'Unknown field.';
    case 'required':
      return 'Is required.';
    case 'enum':
      return `Must be one of ${listOf(message.slice(message.indexOf(': ') + 2))}.`;
    case 'type':
      return `Must be ${message.replace(/^must be /, '').replaceAll(',', ' or ')}.`;
    case 'minLength':
      return number === '1' ? 'Must not be empty.' : `Must not be shorter than ${number} characters.`;
    case 'maxLength':
      return `Must not be longer than ${number} characters.`;
    case 'pattern':
      return 'Has characters that are not allowed here, or none but blanks.';
    default:
      return `${message.charAt(0).toUpperCase()}${message.slice(1).replace('NOT', 'not')}.`;
  }
}

/** A null among the allowed values arrives as an empty word. */
function listOf(values: string): string {
  return values
    .split(', ')
    .map((value) => (value === '' ? 'null' : value))
    .join(', ');
}
