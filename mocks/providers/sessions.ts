import type { Provider } from './operations.ts';
import { createScriptQueue, type ScriptQueue, type ScriptRule } from './script.ts';

/**
 * Base URLs for one caller, and scripts for its calls alone, so that callers at the same time can share one stub. A call
 * that no script of its session matches is served by the scripts for all callers.
 */
export interface StubSession {
  readonly baseUrls: Readonly<Record<Provider, string>>;
  /** Replaces what is waiting. Throws a `ScriptError` for a rule that is none, and then nothing has changed. */
  script(rules: readonly ScriptRule[]): void;
  /** How many calls the waiting rules are for. */
  pending(): number;
}

/** The scripts of the sessions that have any, by name. */
export type SessionScripts = Map<string, ScriptQueue>;

const SESSION_PATH = /^\/sessions\/(\w[\w.-]*)(\/.*)$/;

/** Throws a RangeError for a name that cannot stand in a path. */
export function openSession(stubUrl: string, name: string, scripts: SessionScripts): StubSession {
  const path = `/sessions/${name}`;
  if (SESSION_PATH.exec(`${path}/`)?.[1] !== name) throw new RangeError(`"${name}" cannot name a session`);
  return {
    baseUrls: providerBaseUrls(stubUrl + path),
    script(rules) {
      const queue = createScriptQueue(rules);
      if (rules.length > 0) scripts.set(name, queue);
      else scripts.delete(name);
    },
    pending: () =>
      scripts
        .get(name)
        ?.pending()
        .reduce((sum, { times }) => sum + times, 0) ?? 0,
  };
}

/** The session that a path belongs to, and the path of the provider itself. */
export function splitSession(pathname: string): { readonly session: string | undefined; readonly pathname: string } {
  const [, session, rest] = SESSION_PATH.exec(pathname) ?? [];
  return { session, pathname: rest ?? pathname };
}

export function providerBaseUrls(url: string): StubSession['baseUrls'] {
  return {
    openai: `${url}/openai/v1`,
    anthropic: `${url}/anthropic`,
    google: `${url}/google`,
    openrouter: `${url}/openrouter/v1`,
  };
}
