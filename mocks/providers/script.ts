import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { OPERATIONS, type Operation, PROVIDERS, type Provider } from './operations.ts';

const LONGEST_DELAY_MS = 600_000;
const MOST_CHUNKS = 100_000;
const MOST_TOKENS = 1_000_000_000;

const tokens = z.int().min(0).max(MOST_TOKENS);
const delay = z.int().min(0).max(LONGEST_DELAY_MS);
const afterChunks = z.int().min(0).max(MOST_CHUNKS);
const status = z.int().min(300).max(599);
const failureFields = { code: z.string().optional(), message: z.string().optional(), type: z.string().optional() };

const headers = z
  .record(z.string(), z.string())
  .refine((given) => Object.entries(given).every(([name, value]) => isHeader(name, value)), {
    error: 'has a name or a value that no HTTP header can have',
  })
  .transform((given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])));

const usage = z
  .strictObject({
    inputTokens: tokens,
    outputTokens: tokens,
    cachedInputTokens: tokens.optional(),
    cacheWrite5mTokens: tokens.optional(),
    cacheWrite1hTokens: tokens.optional(),
    reasoningTokens: tokens.optional(),
    thoughtsTokens: tokens.optional(),
    toolUsePromptTokens: tokens.optional(),
    webSearchRequests: tokens.optional(),
  })
  .refine(
    (counts) =>
      (counts.cachedInputTokens ?? 0) + (counts.cacheWrite5mTokens ?? 0) + (counts.cacheWrite1hTokens ?? 0) <=
      counts.inputTokens,
    { path: ['inputTokens'], error: 'includes cache reads and writes, so it cannot be less than their sum' },
  )
  .refine((counts) => (counts.reasoningTokens ?? 0) <= counts.outputTokens, {
    path: ['outputTokens'],
    error: 'includes reasoningTokens, so it cannot be less',
  });

/** How the call was served, where that is not how it was asked for. */
const served = z.strictObject({
  model: z.string().min(1).optional(),
  serviceTier: z.string().min(1).optional(),
  inferenceGeo: z.string().min(1).optional(),
  speed: z.string().min(1).optional(),
});

const iteration = z.strictObject({ type: z.string().min(1), model: z.string().min(1).optional(), usage });

const respond = z
  .strictObject({
    usage: usage.optional(),
    served: served.optional(),
    iterations: z.array(iteration).min(1).optional(),
    costUsd: z.number().min(0).optional(),
    upstreamCostUsd: z.number().min(0).nullable().optional(),
    text: z.string().optional(),
    chunks: z.int().min(1).max(MOST_CHUNKS).optional(),
    error: z
      .strictObject({
        status,
        ...failureFields,
        headers: headers.optional(),
        reportsUsage: z.boolean().optional(),
      })
      .optional(),
    errorMidStream: z
      .strictObject({ afterChunks, status: status.optional(), ...failureFields, reportsUsage: z.boolean().optional() })
      .optional(),
    disconnect: z.union([z.enum(['before-headers', 'before-end']), z.strictObject({ afterChunks })]).optional(),
    truncate: z.strictObject({ afterChunks }).optional(),
    delayMs: z.strictObject({ beforeHeaders: delay.optional(), betweenChunks: delay.optional() }).optional(),
    omitUsage: z.boolean().optional(),
    chunking: z
      .union([
        z.enum(['event', 'byte', 'crlf', 'comments', 'no-final-newline']),
        z.strictObject({ bytes: z.int().min(1) }),
      ])
      .optional(),
  })
  .refine(
    (given) => [given.error, given.errorMidStream, given.disconnect, given.truncate].filter(Boolean).length <= 1,
    { error: 'takes only one of error, errorMidStream, disconnect and truncate' },
  )
  .refine((given) => given.omitUsage !== true || given.usage === undefined, {
    error: 'cannot both state a usage and omit it',
  });

const scriptRule = z.strictObject({
  match: z
    .strictObject({
      provider: z.enum(PROVIDERS).optional(),
      operation: z.enum(OPERATIONS).optional(),
      model: z.string().optional(),
      bodyIncludes: z.string().optional(),
    })
    .optional(),
  times: z.int().min(1).optional(),
  respond,
});

/**
 * Behaviour for the next call, or the next `times` calls (default 1), that match. Every field of `match` must hold;
 * without `match` every call does. `model` is compared with the model as the call names it, `bodyIncludes` is looked for
 * in the raw body. Of several rules the oldest that matches is used up first. Calls that the stub refuses by itself
 * (unknown path, no credential, malformed body) use up none.
 *
 * Fields of `respond`, all optional:
 * - `usage`: logical token counts; the table in `usage.ts` says how each API writes them.
 * - `served`: what the answer says of its service, where that is not what was asked for. `model` stands where every API names
 *   the model that answered; `serviceTier` in the answer (OpenAI), its `usage` (Anthropic) or `usageMetadata` (Gemini);
 *   `inferenceGeo` and `speed` in the `usage` of Anthropic, and nowhere else.
 * - `iterations`: requests that Anthropic makes by itself and that the totals leave out, such as `compaction`, each with its own
 *   counts and, where it is not the one that answers, its model. `usage.iterations` ends with the answer itself: a `message`, or
 *   a `fallback_message` where a `message` was tried before. The other APIs have no such list.
 * - `costUsd`: the cost that the provider itself reports, as `usage.cost` on the OpenAI-shaped APIs; the others have no
 *   such field. OpenRouter reports one always: by default 1 USD per million input and 4 USD per million output tokens.
 * - `upstreamCostUsd`: the call used a key of its maker that OpenRouter keeps (`usage.is_byok`): `costUsd` is the fee, and
 *   this stands in `usage.cost_details`; with null it does not.
 * - `text`: the answer's text; `chunks`: into how many content chunks it is cut when streamed (default 4).
 * - `error`: a status (3xx to 5xx) and the provider's own error body instead of an answer; `reportsUsage` adds the usage
 *   to that body.
 * - `errorMidStream`: after so many content chunks, the API's own error frame, then the end of the stream. With
 *   `reportsUsage` the frame carries the usage (for responses: `response.failed` instead of `error`). A call that is not
 *   streamed is answered with the error's status (default 500).
 * - `disconnect`: the stub breaks the connection: before the status line, after so many content chunks, or
 *   (`before-end`) when all but the end of the stream has been sent, usage included. An answer that is not streamed breaks
 *   off in the middle of its body, in either of the latter two cases.
 * - `truncate`: after so many content chunks the stream just ends, cleanly; an answer that is not streamed is half a body.
 * - `delayMs`: before the status line, and before every content chunk but the first and what follows the last.
 * - `omitUsage`: the answer is complete, but no usage stands anywhere in it.
 * - `chunking`: how the body is put into writes: `event` (default) one write an event, `byte` one write a byte, `bytes`
 *   so many bytes a write. Or an oddity of event streams: `crlf` line ends, `comments` between the events,
 *   `no-final-newline` at the very end. Oddities leave answers that are not event streams alone.
 */
export type ScriptRule = z.input<typeof scriptRule>;
export type Respond = z.output<typeof respond>;
export type ParsedRule = z.output<typeof scriptRule>;

/** A rule that is not one. `problems` lists what is wrong, each with its place in dotted form. */
export class ScriptError extends Error {
  readonly problems: readonly { readonly path: string; readonly message: string }[];

  constructor(problems: ScriptError['problems']) {
    super(
      `Invalid script rule: ${problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')}`,
    );
    this.name = 'ScriptError';
    this.problems = problems;
  }
}

/** Reads a rule strictly: an unknown field is an error, never ignored. Throws {@link ScriptError}. */
export function parseRule(rule: unknown): ParsedRule {
  const parsed = scriptRule.safeParse(rule);
  if (parsed.success) return parsed.data;
  throw new ScriptError(
    parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  );
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

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
  pending(): readonly (ParsedRule & { readonly times: number })[];
  clear(): void;
}

/** Throws {@link ScriptError} for a rule that is none. */
export function createScriptQueue(rules: readonly unknown[] = []): ScriptQueue {
  let waiting: { readonly rule: ParsedRule; left: number }[] = [];
  const add = (rule: unknown) => {
    const parsed = parseRule(rule);
    waiting.push({ rule: parsed, left: parsed.times ?? 1 });
  };
  for (const rule of rules) add(rule);
  return {
    add,
    take(subject) {
      const entry = waiting.find(({ rule }) => matches(rule.match ?? {}, subject));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left === 0) waiting = waiting.filter((other) => other !== entry);
      return entry.rule.respond;
    },
    pending: () => waiting.map(({ rule, left }) => ({ ...rule, times: left })),
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
