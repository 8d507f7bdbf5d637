import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { ScriptRule } from '../../../mocks/providers/index.ts';
import { PLATFORM_KEYS } from '../../harness/proxy.ts';
import type { Bench, PropertyProxy } from './bench.ts';
import {
  logsCalls,
  passesCallersHeaders,
  passesCallersQuery,
  passesProvidersHeaders,
  scrubsNothing,
  takesKeyFromBody,
} from './broken/secrets.ts';
import { callsOfAllShapes } from './calls.ts';
import { prove } from './prove.ts';

prove(14, "sends no credential of its caller to the provider, and the provider's key to no other party", {
  holds,
  broken: [
    { build: passesCallersHeaders, red: "what the provider got of the caller's" },
    { build: passesCallersQuery, red: "what the provider got of the caller's" },
    { build: takesKeyFromBody, red: 'the key that the provider was called with' },
    { build: passesProvidersHeaders, red: "what the caller got of the provider's" },
    { build: scrubsNothing, red: "what the caller got of the provider's" },
    { build: logsCalls, red: 'keys in log, report and database' },
  ],
});

/** What a caller may have on it, and no provider is to see. */
const CALLERS_OWN = {
  cookie: 'session=canary-cookie',
  'proxy-authorization': 'Basic canary-basic',
  'x-forwarded-for': 'canary-address',
  'openai-organization': 'org-canary',
  'idempotency-key': 'canary-idempotency',
  'x-rigbox-subject': 'canary-subject',
};
const KEY_IN_BODY = 'sk-canary-in-the-body';

/** A provider that repeats the key it was called with. */
const ECHOES: readonly ((key: string) => ScriptRule['respond'])[] = [
  (key) => ({ text: `Your key is ${key}, is it not?` }),
  (key) => ({ text: `It is ${Buffer.from(key).toString('base64')}.` }),
  (key) => ({ text: `?key=${encodeURIComponent(key)}`, chunks: 1 }),
  (key) => ({ text: `It is ${key}.`, chunks: 1, chunking: 'byte' }),
  (key) => ({ text: `It is ${key}.`, chunks: 1, chunking: { bytes: 13 } }),
  (key) => ({ error: { status: 400, message: `What is ${key}?`, headers: { 'x-echo': key, 'retry-after': key } } }),
  (key) => ({ error: { status: 401, message: `Incorrect API key provided: ${key}` } }),
  (key) => ({ errorMidStream: { afterChunks: 1, message: `No: ${key}` } }),
];

/** A stream that is one JSON list. */
const LIST_OF_GEMINI = {
  provider: 'google',
  path: '/v1/models/gemini-2.5-flash:streamGenerateContent',
  body: { contents: [{ parts: [{ text: 'Hello there' }] }] },
} as const;

async function holds(bench: Bench): Promise<void> {
  const harness = await bench.open();
  for (const call of [...callsOfAllShapes(false), ...callsOfAllShapes(true), LIST_OF_GEMINI]) {
    for (const echo of ECHOES) await expectDiscretion(harness, call, echo(PLATFORM_KEYS[call.provider]));
  }
  const reports = JSON.stringify(harness.outcomes, (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  const kept = [harness.log.join('\n'), reports, filesBeside(harness.databasePath)].join('\n');
  const leaked = Object.values(PLATFORM_KEYS).filter((key) => kept.includes(key));
  expect(leaked, 'keys in log, report and database').toEqual([]);
}

async function expectDiscretion(
  harness: PropertyProxy,
  { provider, path, body }: ReturnType<typeof callsOfAllShapes>[number] | typeof LIST_OF_GEMINI,
  respond: ScriptRule['respond'],
): Promise<void> {
  harness.stub.reset();
  harness.stub.script({ respond });
  const caller = await harness.caller();
  const headers = { ...CALLERS_OWN, 'x-api-key': caller.key, 'x-goog-api-key': caller.key };
  const query = `${path.includes('?') ? '&' : '?'}key=${caller.key}`;
  const response = await harness.post(path + query, caller, { ...body, api_key: KEY_IN_BODY }, headers);
  const answer = await everythingIn(response);

  const [call] = harness.stub.calls;
  const got = JSON.stringify([call?.headers, call?.path]);
  const leakedToProvider = [...Object.values(CALLERS_OWN), caller.key, 'key='].filter((text) => got.includes(text));
  expect(leakedToProvider, "what the provider got of the caller's").toEqual([]);
  expect(call?.credential, 'the key that the provider was called with').toBe(PLATFORM_KEYS[provider]);
  const leakedToCaller = spellings(PLATFORM_KEYS[provider]).filter((key) => answer.includes(key));
  expect(leakedToCaller, "what the caller got of the provider's").toEqual([]);
}

function spellings(key: string): readonly string[] {
  return [key, Buffer.from(key).toString('base64').replace(/=+$/, '')];
}

/** Head and body of a response. */
async function everythingIn(response: Response): Promise<string> {
  const headers = Array.from(response.headers, ([name, value]) => `${name}: ${value}`);
  return [...headers, await response.text()].join('\n');
}

function filesBeside(databasePath: string): string {
  const folder = dirname(databasePath);
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');
}
