import type { Dialect, Refusal } from './envelopes.ts';
import type { PrismContent, PrismOperation, PrismResponse } from './operations.ts';

/** What the caller asks the mock to answer with. */
export interface Preference {
  /** Status code. Default: the lowest 2xx that the operation declares. */
  readonly code?: string;
  /** Name of an example of that response. Default: its first. */
  readonly example?: string;
  /** Generate a random body from the schema instead of taking an example. */
  readonly dynamic?: boolean;
  /** Seed that makes `dynamic` repeatable. */
  readonly seed?: string;
}

export type Parsed = { kind: 'parsed'; preference: Preference } | { kind: 'refused'; refusal: Refusal };

/** A declared response, what of it to take, and how to make up the rest. */
export interface Chosen extends Pick<Preference, 'dynamic' | 'seed'> {
  readonly response: PrismResponse;
  /** The media type to answer in; absent where the response has no content. */
  readonly content: PrismContent | undefined;
  /** Name of an example. Default: the first, or a body made from the schema where there is none. */
  readonly example: string | undefined;
}

/** A declared response of the operation, and which of its media types the answer takes. */
export type Choice = ({ kind: 'chosen' } & Chosen) | { kind: 'refused'; refusal: Refusal };

const QUERY_NAMES = { code: '__code', example: '__example', dynamic: '__dynamic', seed: '__seed' } as const;

/** Query parameters that steer the mock and are none of the operation's. `__server` is Prism's too: here it is idle. */
export const STEERING_PARAMETERS: ReadonlySet<string> = new Set([...Object.values(QUERY_NAMES), '__server']);

/**
 * Reads the `Prefer` header (RFC 7240: the first of several equal names counts, unknown names are ignored) or, where
 * there is none, the query parameters `__code`, `__example`, `__dynamic`, `__seed`, as Prism does.
 */
export function parsePreference(prefer: string | undefined, query: URLSearchParams): Parsed {
  const read = prefer === undefined ? (name: keyof typeof QUERY_NAMES) => query.get(QUERY_NAMES[name]) : reader(prefer);
  const code = read('code');
  const example = read('example');
  const dynamic = read('dynamic');
  const seed = read('seed');
  if (code !== null && !/^[1-5]\d\d$/.test(code)) return malformed('code', 'a status code such as 402');
  if (example === '') return malformed('example', 'the name of an example');
  if (dynamic !== null && dynamic !== 'true' && dynamic !== 'false') return malformed('dynamic', 'true or false');
  return {
    kind: 'parsed',
    preference: {
      ...(code !== null && { code }),
      ...(example !== null && { example }),
      ...(dynamic !== null && { dynamic: dynamic === 'true' }),
      ...(seed !== null && { seed }),
    },
  };
}

/**
 * Finds the response that a preference asks for. What the operation does not declare is refused with the list of what
 * it does: Prism would quietly fall back to another response.
 */
export function chooseResponse(
  operation: PrismOperation,
  preference: Preference,
  { mediaTypes, dialect }: { mediaTypes: readonly string[]; dialect: Dialect },
): Choice {
  const response = preference.code ? declared(operation, preference.code) : lowestSuccess(operation);
  if (!response) return undeclared(operation, `This operation declares no response ${preference.code ?? '2xx'}.`);
  const content = byMediaType(response, mediaTypes);
  if (preference.example !== undefined && !exampleNames(content).includes(preference.example)) {
    return undeclared(operation, `Response ${response.code} has no example named "${preference.example}".`);
  }
  const { dynamic = false, example = dynamic ? undefined : exampleIn(dialect, content), ...rest } = preference;
  return { ...rest, kind: 'chosen', response, content, dynamic, example };
}

function reader(prefer: string): (name: string) => string | null {
  const preferences = new Map<string, string>();
  for (const [, name = '', quoted, plain] of prefer.matchAll(
    /(?:^|,)\s*([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^",;]*)))?/g,
  )) {
    const key = name.toLowerCase();
    if (!preferences.has(key)) preferences.set(key, quoted ?? plain?.trim() ?? '');
  }
  return (name) => preferences.get(name) ?? null;
}

function declared({ responses }: PrismOperation, code: string): PrismResponse | undefined {
  const inherited = responses.find((response) => response.code.toUpperCase() === `${code[0]}XX`);
  const fallback = inherited ?? responses.find((response) => response.code === 'default');
  return responses.find((response) => response.code === code) ?? (fallback && { ...fallback, code });
}

function lowestSuccess({ responses }: PrismOperation): PrismResponse | undefined {
  return responses.filter(({ code }) => /^2\d\d$/.test(code)).sort((a, b) => a.code.localeCompare(b.code))[0];
}

function byMediaType(response: PrismResponse, mediaTypes: readonly string[]): PrismContent | undefined {
  const contents = response.contents ?? [];
  const wanted = mediaTypes.map((type) => contents.find(({ mediaType }) => mediaType === type));
  return wanted.find((content) => content !== undefined) ?? contents[0];
}

function exampleNames(content: PrismContent | undefined): string[] {
  return content?.examples?.map(({ key }) => key) ?? [];
}

/** The example for the caller's API where one path serves several, each with examples named after it. */
function exampleIn(dialect: Dialect, content: PrismContent | undefined): string | undefined {
  return exampleNames(content).find((name) => name === dialect || name.startsWith(`${dialect}-`));
}

function undeclared({ responses }: PrismOperation, message: string): Choice {
  const available = Object.fromEntries(
    responses.map(({ code, contents = [] }) => [code, [...new Set(contents.flatMap(exampleNames))]]),
  );
  const listed = Object.entries(available).map(([code, names]) =>
    names.length ? `${code} (${names.join(', ')})` : code,
  );
  return {
    kind: 'refused',
    refusal: {
      status: 404,
      code: 'example_not_found',
      message: `${message} Available: ${listed.join('; ')}.`,
      details: { available },
    },
  };
}

function malformed(name: string, expected: string): Parsed {
  const message = `The preference "${name}" must be ${expected}.`;
  const details = [{ in: 'header', pointer: '/prefer', code: 'preference', message }];
  return { kind: 'refused', refusal: { status: 400, code: 'invalid_request', message, details } };
}
