import type { HttpError } from 'express-openapi-validator/dist/framework/types.js';
import { pointerTo, readPointer } from '../../contract/json-pointer.ts';
import { MAX_VIOLATIONS, type Violation } from '../../contract/violations.ts';

export const BODY_MISSING: Violation = {
  in: 'body',
  pointer: '',
  code: 'required',
  message: 'A JSON body is required.',
};

/**
 * Fields named `__proto__`, at any depth. `JSON.parse` makes plain fields of them, but the first piece of code that
 * copies such an object by assignment would set its prototype. The walk keeps its own stack: the caller decides how deep a
 * body is nested.
 */
export function protoViolations(body: unknown): Violation[] {
  const found: Violation[] = [];
  const open: { value: unknown; pointer: string }[] = [{ value: body, pointer: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, value] of Object.entries(next.value)) {
      const pointer = next.pointer + pointerTo(name);
      if (name !== '__proto__') open.push({ value, pointer });
      else found.push({ in: 'body', pointer, code: 'additionalProperties', message: 'Unknown field.' });
    }
  }
  return found;
}

/** The first segment of the validator's paths, and the part of the request that it stands for. */
const PARTS: Readonly<Record<string, Violation['in']>> = {
  body: 'body',
  query: 'query',
  params: 'path',
  headers: 'header',
  response: 'body',
};

/** The findings of express-openapi-validator in the terms of the contract, at most `MAX_VIOLATIONS` of them. */
export function toViolations({ errors }: HttpError, body: unknown): Violation[] {
  return errors.slice(0, MAX_VIOLATIONS).map(({ path, message, errorCode }) => {
    // Left out where no schema was involved.
    const code = errorCode?.split('.')[0] ?? 'invalid';
    const [, part = '', ...tokens] = path.split('/');
    const pointer = tokens.map((token) => `/${token}`).join('');
    const isUnknownField = code === 'additionalProperties' || code === 'unevaluatedProperties';
    return {
      in: PARTS[part] ?? 'body',
      pointer: isUnknownField && part !== 'query' ? unknownFieldPointer(path === '' ? '/' : pointer, body) : pointer,
      code,
      message: describe(code, message),
    };
  });
}

/**
 * The validator's path of an unknown field is a pointer to the object, and then the field's name, which is not escaped:
 * where the name begins is seen by looking it up.
 */
function unknownFieldPointer(path: string, body: unknown): string {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const parent = readPointer(body, path.slice(0, slash));
    const name = path.slice(slash + 1);
    if (typeof parent === 'object' && parent !== null && Object.hasOwn(parent, name)) {
      return path.slice(0, slash) + pointerTo(name);
    }
  }
  return path;
}

/** What is wrong, for people. The validator says what is allowed in its message only. */
function describe(code: string, message: string): string {
  switch (code) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'Unknown field.';
    case 'required':
      return 'Is required.';
    case 'enum': {
      const allowed = message.slice(message.indexOf(': ') + 2).split(', ');
      // A null among the allowed values comes as an empty word.
      return `Must be one of ${allowed.map((value) => value || 'null').join(', ')}.`;
    }
    case 'minLength':
      return message.endsWith(' 1 characters')
        ? 'Must not be empty.'
        : `${message.replace('must NOT have fewer', 'Must not be shorter')}.`;
    case 'maxLength':
      return `${message.replace('must NOT have more', 'Must not be longer')}.`;
    case 'pattern':
      return 'Has characters that are not allowed here, or none but blanks.';
    case 'type':
      return `Must be ${message.replace('must be ', '').replaceAll(',', ' or ')}.`;
    default:
      return `${message.charAt(0).toUpperCase()}${message.slice(1).replace('NOT', 'not')}.`;
  }
}
