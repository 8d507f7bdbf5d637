/** One way in which a request breaks its schema: an entry of the `details` of `invalid_request`. */
export interface Violation {
  readonly in: 'body' | 'query' | 'path' | 'header';
  /** JSON pointer (RFC 6901) into that part; empty for the part as a whole. */
  readonly pointer: string;
  /** The keyword of the schema that is broken: `additionalProperties`, `enum`, `type`, ... */
  readonly code: string;
  /** What is wrong, in words that repeat no value. */
  readonly message: string;
}

/** A body of 1 MiB has room for a hundred thousand unknown fields; the answer does not. */
export const MOST_VIOLATIONS_LISTED = 100;

/** One reference token of a JSON pointer, with its slash. */
export function pointerTo(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Each violation once, at most `MOST_VIOLATIONS_LISTED` of them. */
export function listed(violations: readonly Violation[]): readonly Violation[] {
  const byPlace = new Map(violations.map((each) => [`${each.in} ${each.pointer} ${each.code}`, each]));
  return [...byPlace.values()].slice(0, MOST_VIOLATIONS_LISTED);
}

/** A parameter that does not exist, or stands there twice: which of the two counts would be a guess. */
export function queryViolations(query: URLSearchParams, known: ReadonlySet<string>): readonly Violation[] {
  return [...new Set(query.keys())].flatMap((name): Violation[] => {
    const at = { in: 'query', pointer: pointerTo(name) } as const;
    if (!known.has(name)) return [{ ...at, code: 'additionalProperties', message: 'Unknown query parameter.' }];
    if (query.getAll(name).length > 1) return [{ ...at, code: 'maxItems', message: 'May be given only once.' }];
    return [];
  });
}

export const BODY_MISSING: Violation = {
  in: 'body',
  pointer: '',
  code: 'required',
  message: 'A JSON body is required.',
};

/**
 * Fields named `__proto__`, at any depth. `JSON.parse` makes plain fields of them, but the first piece of code that
 * copies such an object by assignment would set its prototype. The walk keeps its own stack: nesting is the caller's.
 */
export function protoViolations(body: unknown): readonly Violation[] {
  const found: Violation[] = [];
  const open: { value: unknown; pointer: string }[] = [{ value: body, pointer: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, value] of Object.entries(next.value)) {
      const pointer = next.pointer + pointerTo(name);
      if (name === '__proto__')
        found.push({ in: 'body', pointer, code: 'additionalProperties', message: 'Unknown field.' });
      else open.push({ value, pointer });
    }
  }
  return found;
}
