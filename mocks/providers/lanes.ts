import type { Provider } from './operation.ts';
import type { ScriptRule } from './script.ts';
import { createScriptQueue, type ScriptQueue } from './script-queue.ts';

/**
 * A way in for one party: base URLs under which only that party's calls arrive, and scripts for them alone. What a lane has
 * no script for is answered as scripted for everybody.
 */
export interface StubLane {
  readonly baseUrls: Readonly<Record<Provider, string>>;
  /** Replaces what is waiting. Throws a `ScriptError` for a rule that is none, and then nothing has changed. */
  script(rules: readonly ScriptRule[]): void;
  /** How many calls the waiting rules are for. */
  pending(): number;
}

/** The scripts of the lanes that have any, by name. */
export interface LaneScripts {
  of(name: string): ScriptQueue | undefined;
  replace(name: string, rules: readonly ScriptRule[]): void;
  clear(): void;
}

export function createLaneScripts(): LaneScripts {
  const queues = new Map<string, ScriptQueue>();
  return {
    of: (name) => queues.get(name),
    replace(name, rules) {
      const queue = createScriptQueue();
      for (const rule of rules) queue.add(rule);
      if (rules.length > 0) queues.set(name, queue);
      else queues.delete(name);
    },
    clear: () => queues.clear(),
  };
}

const LANE_PATH = /^\/lanes\/(\w[\w.-]*)(\/.*)$/;

/** Throws a RangeError for a name that no path could be told from. */
export function lanePath(name: string): string {
  const path = `/lanes/${name}`;
  if (LANE_PATH.exec(`${path}/`)?.[1] !== name) throw new RangeError(`"${name}" cannot name a lane`);
  return path;
}

/** The lane that a path goes by, and the path of the provider itself. */
export function splitLane(pathname: string): { readonly lane: string | undefined; readonly pathname: string } {
  const [, lane, rest] = LANE_PATH.exec(pathname) ?? [];
  return { lane, pathname: rest ?? pathname };
}

export function baseUrlsAt(url: string): StubLane['baseUrls'] {
  return {
    openai: `${url}/openai/v1`,
    anthropic: `${url}/anthropic`,
    google: `${url}/google`,
    openrouter: `${url}/openrouter/v1`,
  };
}
