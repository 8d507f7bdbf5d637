import { type ScenarioName, scenarioNames } from '../../generated/scenarios.ts';
import type { Pace, Refusal } from './response.ts';

/** The response that a caller asks a mock for. */
export interface Preference extends Pace {
  /** Status code. Default: the lowest 2xx that the operation declares. */
  readonly code?: string;
  /** Name of an example of that response. Default: its first. */
  readonly example?: string;
  /** The state that the account is in, where the response depends on it. */
  readonly scenario?: ScenarioName;
  /** Generate a random body from the schema instead of taking an example. */
  readonly dynamic?: boolean;
  /** Seed that makes `dynamic` repeatable. */
  readonly seed?: string;
  /** Wait so long before responding. Default: not at all. */
  readonly delayMs?: number;
}

export type ParsedPreference = { kind: 'parsed'; preference: Preference } | { kind: 'refused'; refusal: Refusal };

interface Reader {
  /** What a value must be, in words. */
  readonly expects: string;
  /** Nothing where the text is no such value. */
  read(text: string): Preference | undefined;
}

/** Longest wait: a mock that waits longer seems to hang. */
const LONGEST_WAIT_MS = 600_000;

const readers: Readonly<Record<string, Reader>> = {
  code: {
    expects: 'a status code such as 402',
    read: (code) => (/^[1-5]\d\d$/.test(code) ? { code } : undefined),
  },
  example: { expects: 'the name of an example', read: (example) => (example === '' ? undefined : { example }) },
  scenario: {
    expects: `one of ${scenarioNames.join(', ')}`,
    read: (text) => {
      const scenario = scenarioNames.find((name) => name === text);
      return scenario && { scenario };
    },
  },
  dynamic: {
    expects: 'true or false',
    read: (text) => (text === 'true' || text === 'false' ? { dynamic: text === 'true' } : undefined),
  },
  seed: { expects: 'any text', read: (seed) => ({ seed }) },
  delay: {
    expects: `whole milliseconds, at most ${LONGEST_WAIT_MS}`,
    read: (text) => wholeNumber(text, LONGEST_WAIT_MS, (delayMs) => ({ delayMs })),
  },
  'first-token': {
    expects: `whole milliseconds, at most ${LONGEST_WAIT_MS}`,
    read: (text) => wholeNumber(text, LONGEST_WAIT_MS, (firstTokenMs) => ({ firstTokenMs })),
  },
  rate: {
    expects: 'events a second, from 1 to 1000',
    read: (text) => (text === '0' ? undefined : wholeNumber(text, 1000, (eventsPerSecond) => ({ eventsPerSecond }))),
  },
  'cut-after': {
    expects: 'a whole number of events',
    read: (text) => wholeNumber(text, 1_000_000, (cutAfterEvents) => ({ cutAfterEvents })),
  },
};

const queryName = (name: string) => `__${name}`;

/** Query parameters that steer the mock and are none of the operation's. `__server` is Prism's too: here it is idle. */
export const STEERING_PARAMETERS: ReadonlySet<string> = new Set([...Object.keys(readers).map(queryName), '__server']);

/**
 * Reads the `Prefer` header (RFC 7240: the first of several equal names counts, unknown names are ignored) and, for
 * links that cannot set one, query parameters of the same names: `__code`, `__example` and so on. The header wins.
 */
export function parsePreference(prefer: string | null | undefined, query: URLSearchParams): ParsedPreference {
  const header = preferencesIn(prefer ?? '');
  let preference: Preference = {};
  for (const [name, { expects, read }] of Object.entries(readers)) {
    const text = header.get(name) ?? query.get(queryName(name));
    if (text === null) continue;
    const found = read(text);
    if (found === undefined) return malformed(header.has(name) ? 'header' : 'query', name, expects);
    preference = { ...preference, ...found };
  }
  return { kind: 'parsed', preference };
}

function preferencesIn(header: string): ReadonlyMap<string, string> {
  const preferences = new Map<string, string>();
  if (header === '') return preferences;
  for (const [, name = '', quoted, plain] of header.matchAll(
    /(?:^|,)\s*([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^",;]*)))?/g,
  )) {
    const key = name.toLowerCase();
    if (!preferences.has(key)) preferences.set(key, quoted ?? plain?.trim() ?? '');
  }
  return preferences;
}

function wholeNumber(text: string, most: number, use: (value: number) => Preference): Preference | undefined {
  return /^\d{1,7}$/.test(text) && Number(text) <= most ? use(Number(text)) : undefined;
}

function malformed(source: 'header' | 'query', name: string, expected: string): ParsedPreference {
  const message = `The preference "${name}" must be ${expected}.`;
  const pointer = source === 'header' ? '/prefer' : `/${queryName(name)}`;
  const details = [{ in: source, pointer, code: 'preference', message }];
  return { kind: 'refused', refusal: { status: 400, code: 'invalid_request', message, details } };
}
