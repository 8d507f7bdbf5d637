import { pointerTo } from './json-pointer.ts';

/** One way in which a request breaks its schema: an entry of the `details` of `invalid_request` (`ValidationDetail`). */
export interface Violation {
  readonly in: 'body' | 'query' | 'path' | 'header';
  /** JSON pointer into that part; empty for the part as a whole. */
  readonly pointer: string;
  /** The keyword of the schema that is broken: `additionalProperties`, `enum`, `type`, ... */
  readonly code: string;
  /** What is wrong, in words that repeat no value of the request. */
  readonly message: string;
}

/** A body of 1 MiB has room for a hundred thousand unknown fields; the response does not. */
export const MAX_VIOLATIONS = 100;

/** Each violation once, at most `MAX_VIOLATIONS` of them. */
export function distinctViolations(violations: readonly Violation[]): Violation[] {
  const byPlace = new Map(violations.map((each) => [`${each.in} ${each.pointer} ${each.code}`, each]));
  return [...byPlace.values()].slice(0, MAX_VIOLATIONS);
}

/**
 * Query parameters that the operation does not have, or that are given twice: which value counts would be a guess.
 * `lists` names the parameters that may be given several times; none by default.
 */
export function queryViolations(
  query: URLSearchParams,
  known: ReadonlySet<string>,
  lists: ReadonlySet<string> = NONE,
): Violation[] {
  return [...new Set(query.keys())].flatMap((name): Violation[] => {
    const place = { in: 'query', pointer: pointerTo(name) } as const;
    if (!known.has(name)) return [{ ...place, code: 'additionalProperties', message: 'Unknown query parameter.' }];
    if (lists.has(name) || query.getAll(name).length === 1) return [];
    return [{ ...place, code: 'maxItems', message: 'May be given only once.' }];
  });
}

const NONE: ReadonlySet<string> = new Set();
