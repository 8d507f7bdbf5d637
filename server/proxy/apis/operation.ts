/** What the proxy has to know of a provider's API. Each API is a file of this folder; `routes.ts` finds the operation of a path. */
import type { EnvelopeName, ErrorContent } from '../../../contract/error-envelopes.ts';
import type { CallExtent, CountMargin } from '../../money/bounds.ts';
import type { Picture } from '../../money/picture-tokens.ts';
import type { Consumption, ProviderName } from '../../money/prices.ts';
import type { ServedTerm } from '../charges/served-terms.ts';
import { readPicture, readSoundTokens } from './media.ts';
import { asList, isAbsent, isCount, isObject, type JsonObject, type RequestProblem } from './wire-values.ts';

/** One operation of one API. */
export interface Operation {
  /** For logs and metrics: `chat.completions`, `generateContent`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly envelope: Envelope;
  /** A `free` call costs nothing at any provider: it is forwarded without a hold and is not counted. */
  readonly charge: 'metered' | 'free';
  /** The provider that must serve it; undefined where the model decides. */
  readonly provider: 'anthropic' | 'google' | undefined;
  /** Query parameters that are forwarded: `name` whatever its value, `name=value` with that value only. */
  readonly queryParameters: readonly string[];
  /** Undefined where that provider does not offer the operation. */
  endpoint(provider: ProviderName, model: string, parts: PathParts): Endpoint | undefined;
  read(body: JsonObject, parts: PathParts): RequestReading;
  /** What is put into the request, and where. */
  place(facts: RequestFacts, decisions: RequestDecisions): readonly Placement[];
  /** The usage of a response that came in one piece; undefined where it has none. */
  readResponse(text: string, provider: ProviderName): Reported | undefined;
  /** Leads to the object of such a response that the cost is put into; undefined where the API shows no cost. */
  readonly costPath: readonly string[] | undefined;
  readStream(facts: RequestFacts, provider: ProviderName): StreamReader;
  /** How the input is counted, free of charge, where the response does not report it. */
  readonly usageCounting?: UsageCounting;
  /** How the input is counted, free of charge, before a call whose hold would be too large without. */
  readonly inputCounting?: InputCounting;
}

/** How one API wraps the proxy's own errors, so that its official SDK shows them as errors of the API. */
export interface Envelope {
  readonly api: Exclude<EnvelopeName, 'control-plane'>;
  /** The header in which the API's SDK looks for the request id. */
  readonly requestIdHeader: string;
  body(error: ErrorContent): object;
  /** The last event of a stream that failed. */
  frame(error: ErrorContent): string;
  /** What follows the failing event, for SDKs that overlook an error among events. */
  echo?(failure: string): string;
  /** Whether the API's SDK can read a provider's `error` object as it is. Default: every one that has a message. */
  reads?(error: JsonObject): boolean;
  /** A provider's event as the API's SDK reads it. Default: unchanged. */
  adapt?(event: Buffer): Buffer;
}

/** What the path of a call says beside its operation. */
export interface PathParts {
  /** Gemini's model, from `models/MODEL:action`. */
  readonly model?: string;
  /** Gemini's API version, as the caller chose it. */
  readonly version?: 'v1' | 'v1beta';
}

/** Where a provider has an operation. */
export interface Endpoint {
  /** Below the provider's base URL. */
  readonly path: string;
  /** The provider's own API, or its imitation of OpenAI's: they take the key in different headers. */
  readonly dialect: 'native' | 'openai-compatible';
}

/** The limit of the output: the caller's, or the place where the proxy puts one. */
export type OutputLimit = {
  /** The API refuses a limit that is not above it: a budget for thinking. Default 0. */
  readonly above?: number;
} & (
  | {
      readonly kind: 'given';
      /** The largest, where the request has several. */
      readonly tokens: number;
      /** Where they stand. */
      readonly places: readonly { readonly path: readonly string[]; readonly tokens: number }[];
    }
  | {
      readonly kind: 'missing';
      readonly path: readonly string[];
      /** The API's own limit where the caller sets none, if it has one. */
      readonly most?: number;
    }
  /** The operation writes no text. */
  | { readonly kind: 'none' }
);

/** What of a prompt its bytes do not tell. */
export interface UnreadInput
  extends Pick<CallExtent, 'packedBytes' | 'pictures' | 'soundTokens' | 'unseenTokens' | 'mayGrow'> {
  /** Ids of what the provider has kept and puts into the prompt. */
  readonly references: readonly string[];
}

/** Collects the parts of a prompt that are no text. */
export interface InputCollector {
  /** A picture in the body; undefined where the provider fetches it. */
  picture(base64: string | undefined): void;
  /** Sound in the body. */
  sound(base64: string): void;
  /** What no size tells: at most so many tokens. Default Infinity: the context window bounds it. */
  unseen(tokens?: number): void;
  /** What may be more when the call comes than when it is counted: found by tools, or at a URL. */
  growing(): void;
  /** What the provider has kept, by the id that stands in the request. */
  reference(id: unknown): void;
  collected(): UnreadInput;
}

export function collectInput(): InputCollector {
  const pictures: Picture[] = [];
  const references: string[] = [];
  let [packedBytes, soundTokens, unseenTokens, mayGrow] = [0, 0, 0, false];
  return {
    picture(base64) {
      packedBytes += base64?.length ?? 0;
      pictures.push(base64 === undefined ? { kind: 'remote' } : readPicture(base64));
    },
    sound(base64) {
      const tokens = readSoundTokens(base64);
      if (tokens === Number.POSITIVE_INFINITY) unseenTokens = tokens;
      else [packedBytes, soundTokens] = [packedBytes + base64.length, soundTokens + tokens];
    },
    unseen(tokens = Number.POSITIVE_INFINITY) {
      unseenTokens += tokens;
    },
    growing() {
      [unseenTokens, mayGrow] = [Number.POSITIVE_INFINITY, true];
    },
    reference(id) {
      if (typeof id === 'string') references.push(id);
      else unseenTokens = Number.POSITIVE_INFINITY;
    },
    collected: () => ({ packedBytes, pictures, soundTokens, unseenTokens, mayGrow, references }),
  };
}

/** What the proxy reads of a request. */
export interface RequestFacts {
  /** As the caller named it; undefined where the workspace's configuration decides. */
  readonly model: string | undefined;
  readonly streamed: boolean;
  /** Whether the caller asked to see the usage of a stream. */
  readonly usageAsked: boolean;
  readonly outputLimit: OutputLimit;
  /** How often the provider may run tools of its own, where the caller does not say: put into the request. */
  readonly toolCallLimit: number | undefined;
  readonly extent: Omit<CallExtent, 'outputTokens' | 'bodyBytes'> & UnreadInput;
  /** The end-user of the call, as the body names it. */
  readonly user: string | undefined;
}

type RequestReading =
  | { readonly kind: 'facts'; readonly facts: RequestFacts }
  | ({ readonly kind: 'malformed' } & RequestProblem);

/** What the proxy decided to put into the request. */
export interface RequestDecisions {
  /** The model's name at its provider; undefined leaves what the caller wrote. */
  readonly model: string | undefined;
  /** The output limit of a request that has none, or a larger one; undefined leaves it as it is. */
  readonly outputTokens: number | undefined;
  /** The bound on the provider's own tools; undefined leaves it without. */
  readonly toolCalls: number | undefined;
}

/** The limit of a request that has one or none, in the body at `path`. */
export function limitAt(tokens: number | undefined, path: readonly string[]): OutputLimit {
  return tokens === undefined ? { kind: 'missing', path } : { kind: 'given', tokens, places: [{ path, tokens }] };
}

/** The names of the limit, as a caller writes them. */
export function limitNames(limit: OutputLimit): readonly string[] {
  if (limit.kind === 'none') return [];
  return (limit.kind === 'missing' ? [limit] : limit.places).map(({ path }) => path.join('.'));
}

/** Where the limit that was decided on goes: into its place, or into the place of those that are larger. */
export function placeLimit(limit: OutputLimit, tokens: number | undefined): readonly Placement[] {
  if (tokens === undefined || limit.kind === 'none') return [];
  const paths =
    limit.kind === 'missing'
      ? [limit.path]
      : limit.places.filter((given) => given.tokens > tokens).map(({ path }) => path);
  return paths.map((path) => ({ path, json: String(tokens) }));
}

/** A value and its place in a JSON text. */
export interface Placement {
  readonly path: readonly string[];
  readonly json: string;
}

/** What a provider reported about a call. A count that is none is NaN: who charges it has to look. */
export interface Reported {
  /** What the model that answered used. */
  readonly consumption: Consumption;
  /** What was used besides, by requests that the provider made by itself. It is not in `consumption`. Default none. */
  readonly besides?: readonly BesideUse[];
  /** Who served the call, and on which terms. Default: as it was asked for. */
  readonly served?: Served;
  /** Fields of the usage that may cost and are not known. Default none. */
  readonly unknownFields?: readonly string[];
  /** The provider's own bill in US dollars, as it wrote the number; undefined where it sent none. */
  readonly costUsd: string | undefined;
  /** What comes on top of the listed price where the provider sent that part of its bill alone. */
  readonly feeUsd?: string | undefined;
  /** Ids of what the provider keeps of this call, by which a later call may name it. */
  readonly keptIds?: readonly string[];
}

/** A request that a provider made by itself: it shortened the context, asked an advisor, or tried another model first. */
export interface BesideUse {
  /** Undefined: the model that answered. */
  readonly model: string | undefined;
  readonly consumption: Consumption;
}

/** How a call was served, as the answer names it. */
export interface Served {
  /** Undefined where the answer names none. */
  readonly model: string | undefined;
  readonly terms: readonly ServedTerm[];
}

/** A call by which a provider counts the tokens of a request, after it was answered. */
export interface UsageCounting {
  endpoint(model: string, parts: PathParts): Endpoint;
  body(request: JsonObject): string;
  /** Undefined where the response has no count. */
  readTokens(text: string): number | undefined;
}

/** A call by which a provider counts the tokens of a request, before it is made. */
export interface InputCounting {
  /** Undefined where that provider does not count. */
  endpoint(provider: ProviderName, model: string, parts: PathParts): Endpoint | undefined;
  /** Query parameters that are forwarded. */
  readonly queryParameters: readonly string[];
  /** Parameters of the operation that the counting call takes. */
  readonly counted: ReadonlySet<string>;
  /** Those that bring no input, and are left out. A request with any other parameter is not counted. */
  readonly withoutInput: ReadonlySet<string>;
  /** The member of the counting call's body that the request goes into. Default: it is the body. */
  readonly within?: string;
  /** The model as the counting call's body names it. */
  nameModel(model: string): string;
  /** How far the provider says that it may be off. */
  readonly margin: CountMargin;
  /** Undefined where the response has no count. */
  readTokens(text: string): number | undefined;
}

/** Names in one text, with spaces between them. */
export function nameSet(names: string): ReadonlySet<string> {
  return new Set(names.split(/\s+/));
}

/** One server-sent event. */
export interface StreamEvent {
  /** Its bytes on the wire, with the blank line that ends it. */
  readonly raw: Buffer;
  /** The `event` field; empty where there is none. */
  readonly name: string;
  /** The `data` fields, joined by line feeds; empty for a comment. */
  readonly data: string;
}

/**
 * What becomes of an event:
 * - `pass`: it is sent at once.
 * - `hold`: it may be the last but the end, and carries the usage: it waits until the next event passes or the call is
 *   settled. `costPath` leads to the object in its data that the cost is put into.
 * - `hide`: the caller never sees it.
 * - `end`: the response is complete with it; it waits until the call is settled.
 */
export type EventFate =
  | { readonly kind: 'pass' | 'hide' }
  | { readonly kind: 'hold' | 'end'; readonly costPath?: readonly string[] };

export const PASS: EventFate = { kind: 'pass' };

/** Follows one stream. */
export interface StreamReader {
  /**
   * The place in a text of events (as Latin-1) of the first that has to be read, or -1. It may name an event that passes,
   * and never misses one that does not.
   */
  find(events: string): number;
  read(event: StreamEvent): EventFate;
  /** What the stream has reported so far; undefined while it has not. */
  reported(): Reported | undefined;
  /** The same before the response has reported its use: all its input, and the output so far. Default: `reported`. */
  told?(): Consumption | undefined;
  /** Whether that is the final count, even if the stream breaks now. */
  isFinal(): boolean;
  /** Whether a clean end here is the end of the response, where no event says that it is. */
  isWhole(): boolean;
  /** The provider's own error, if it has sent one: the caller needs no other. */
  failure(): StreamEvent | undefined;
}

/** Reads the parameters of a request and keeps the first that is wrong. */
export interface RequestCheck {
  /** The value where it is true or false; false where it is absent. */
  flag(object: JsonObject, key: string): boolean;
  /** The value where it is a positive whole number; undefined where it is absent. */
  positive(object: JsonObject, key: string): number | undefined;
  /** The value where it is a whole number that is not negative; undefined where it is absent. */
  count(object: JsonObject, key: string): number | undefined;
  /** The value where it is a text that is not blank; undefined where it is absent. */
  name(object: JsonObject, key: string): string | undefined;
  /** The value where it is an object; an empty one where it is absent. */
  object(object: JsonObject, key: string): JsonObject;
  problem(param: string, message: string): void;
}

/** The largest number that a request may ask for, so that products of two stay exact. */
const MAX_NUMBER = 100_000_000;

/** What an operation reads of its request. The rest is as for a call that is neither streamed nor limited. */
type FactsRead = Partial<Omit<RequestFacts, 'extent' | 'user'>> & { readonly extent?: Partial<RequestFacts['extent']> };

/** Reads a request by `read`: its facts, or the first thing that is wrong with it. */
export function readRequest(body: JsonObject, read: (check: RequestCheck) => FactsRead): RequestReading {
  let first: RequestProblem | undefined;
  const problem = (param: string, message: string) => {
    first ??= { message, param };
  };
  function value<T>(object: JsonObject, key: string, expected: string, accept: (given: unknown) => given is T) {
    const given = object[key];
    if (isAbsent(given)) return undefined;
    if (accept(given)) return given;
    problem(key, `${key}: expected ${expected}.`);
    return undefined;
  }
  const facts = read({
    flag: (object, key) => value(object, key, 'true or false', (given) => typeof given === 'boolean') ?? false,
    positive: (object, key) => value(object, key, 'a positive whole number', isPositive),
    count: (object, key) => value(object, key, 'a whole number', (given) => given === 0 || isPositive(given)),
    name: (object, key) => value(object, key, 'text', isName),
    object: (object, key) => value(object, key, 'an object', isObject) ?? {},
    problem,
  });
  if (first !== undefined) return { kind: 'malformed', ...first };
  return {
    kind: 'facts',
    facts: {
      model: undefined,
      streamed: false,
      usageAsked: false,
      outputLimit: { kind: 'none' },
      toolCallLimit: undefined,
      ...facts,
      extent: { ...collectInput().collected(), declaresTools: false, answers: 1, webSearches: 0, ...facts.extent },
      user: typeof body.user === 'string' ? body.user : undefined,
    },
  };
}

function isPositive(value: unknown): value is number {
  return isCount(value) && value > 0 && value <= MAX_NUMBER;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** The stream of a free call has nothing to be read. */
const UNREAD_STREAM: StreamReader = {
  find: () => -1,
  read: () => ({ kind: 'pass' }),
  reported: () => undefined,
  isFinal: () => false,
  isWhole: () => false,
  failure: () => undefined,
};

type FreeCall = Pick<Operation, 'name' | 'method' | 'envelope' | 'provider' | 'endpoint'> &
  Partial<Pick<Operation, 'queryParameters' | 'place'>>;

/** A call that costs nothing at any provider. It is forwarded without a hold, and is not counted. */
export function freeCall(call: FreeCall): Operation {
  return {
    queryParameters: [],
    place: () => [],
    ...call,
    charge: 'free',
    read: (body, parts) => readRequest(body, (check) => ({ model: parts.model ?? check.name(body, 'model') })),
    readResponse: () => undefined,
    costPath: undefined,
    readStream: () => UNREAD_STREAM,
  };
}

/**
 * Which of several completions of one request have ended. A stream that restates its usage on every chunk has not reported
 * the last of it before all of them have: what the others still write is charged too.
 */
interface EndedCompletions {
  /** Takes the choices or candidates of a chunk; true when one of them ends here. */
  read(completions: unknown): boolean;
  /** Whether as many have ended as were asked for: nothing that costs can follow. */
  isLast(): boolean;
  /** Whether all that were begun have ended: fewer may come than were asked for. */
  areAll(): boolean;
}

/** `reasonField` is where the API says why a completion ends; `asked` is how many the request asks for. */
export function trackEndedCompletions(reasonField: string, asked: number): EndedCompletions {
  const begun = new Set<unknown>();
  const ended = new Set<unknown>();
  return {
    read(completions) {
      let isEnding = false;
      for (const completion of asList(completions).filter(isObject)) {
        begun.add(completion.index ?? 0);
        if (isAbsent(completion[reasonField])) continue;
        ended.add(completion.index ?? 0);
        isEnding = true;
      }
      return isEnding;
    },
    isLast: () => ended.size >= asked,
    areAll: () => ended.size > 0 && ended.size === begun.size,
  };
}
