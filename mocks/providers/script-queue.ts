import type { JsonObject } from './json.ts';
import type { Operation, Provider } from './operation.ts';
import { type ParsedRule, parseRule, type Respond, type ScriptRule } from './script.ts';

/** What a rule is matched against. */
export interface ScriptSubject {
  readonly provider: Provider;
  readonly operation: Operation;
  readonly model: string;
  readonly bodyText: string;
}

export interface ScriptQueue {
  /** Adds a rule at the end. Throws {@link ScriptError}, and then nothing is added. */
  add(rule: unknown): void;
  /** Uses up one application of the oldest rule that matches; undefined when none does. */
  take(subject: ScriptSubject): Respond | undefined;
  /** The rules still waiting, oldest first, `times` being what is left of each. */
  pending(): readonly JsonObject[];
  /** How many calls the waiting rules are for. */
  left(): number;
  clear(): void;
}

export function createScriptQueue(): ScriptQueue {
  let waiting: { readonly rule: ParsedRule; left: number }[] = [];
  return {
    add(rule) {
      const parsed = parseRule(rule);
      waiting.push({ rule: parsed, left: parsed.times ?? 1 });
    },
    take(subject) {
      const entry = waiting.find(({ rule }) => matches(rule.match ?? {}, subject));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left === 0) waiting = waiting.filter((other) => other !== entry);
      return entry.rule.respond;
    },
    pending: () => waiting.map(({ rule, left }) => ({ ...rule, times: left })),
    left: () => waiting.reduce((sum, entry) => sum + entry.left, 0),
    clear() {
      waiting = [];
    },
  };
}

function matches(match: NonNullable<ScriptRule['match']>, subject: ScriptSubject): boolean {
  if (match.provider !== undefined && match.provider !== subject.provider) return false;
  if (match.operation !== undefined && match.operation !== subject.operation) return false;
  if (match.model !== undefined && match.model !== subject.model) return false;
  return match.bodyIncludes === undefined || subject.bodyText.includes(match.bodyIncludes);
}
