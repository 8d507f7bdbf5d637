import type { MeteringStore } from '../ledger/port.ts';
import type { Micro } from '../money/microcredits.ts';
import type { Mode, Provider, ProviderName } from '../money/prices.ts';
import type { TokenUsage } from '../money/usage.ts';
import type { Charges } from './charges/index.ts';
import type { PriceSource } from './prices/source.ts';

/** How a caller says which workspace it is: by its key, or by the address it calls from. */
export type Credential =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'address'; readonly address: string };

/** The workspace behind a call, with its effective AI configuration as of now. */
export interface ProxyWorkspace {
  readonly accountId: string;
  readonly workspaceId: string;
  readonly mode: Mode;
  readonly provider: Provider;
  /** Used where a call names none. */
  readonly model: string;
  /** The workspace's own key, opened, if it is usable with `provider`; it is sent to no other provider. */
  readonly byokKey: string | null;
  /**
   * What the account can spend as of now, where the lookup tells it. With nothing left, a large body is refused before it is
   * read. Undefined: not known; then only the store decides.
   */
  readonly remainingMicro?: Micro | undefined;
  /** Who serves this workspace, in place of the proxy's own `providers`: an account with keys of its own, for one. */
  readonly providers?: ProviderAccesses | undefined;
}

export interface ProviderAccess {
  /** As the provider's own documentation writes it: `https://api.openai.com/v1`, `https://api.anthropic.com`. */
  readonly baseUrl: string;
  /** The platform's key. Undefined: the provider can be called with workspaces' own keys only. */
  readonly apiKey?: string | undefined;
}

/** A provider that is left out is not called. With an OpenRouter key, the plain OpenAI-shaped routes go there. */
export type ProviderAccesses = Readonly<Partial<Record<ProviderName, ProviderAccess>>>;

/** The part of a pino logger that the proxy uses. Nothing secret is handed to it. */
export interface ProxyLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * What became of a call:
 * - `refused`: by the proxy itself; nothing was forwarded.
 * - `settled`: its cost is charged. `unsettled`: its cost is known, but the store did not take it; the hold stays open.
 * - `released`: it certainly cost nothing. `uncertain`: its cost is not known; the hold stays.
 * - `free`: it needs no hold.
 * - `abandoned`: the caller left before anything was forwarded. `failed`: an error of the proxy itself.
 */
export type OutcomeKind =
  | 'refused'
  | 'settled'
  | 'unsettled'
  | 'released'
  | 'uncertain'
  | 'free'
  | 'abandoned'
  | 'failed';

/** One line of the access log, and the source of metrics: reported once per call, when its response is out. */
export interface CallOutcome {
  readonly requestId: string;
  readonly outcome: OutcomeKind;
  /** The status the caller got, or would have got. */
  readonly status: number;
  /** The code of the proxy's own refusal or failure. */
  readonly code?: string;
  /** The API that the caller spoke. Another provider may have served the call. */
  readonly api: ApiName;
  readonly operation?: string;
  readonly accountId?: string;
  readonly workspaceId?: string;
  readonly mode?: Mode;
  readonly provider?: ProviderName;
  readonly model?: string;
  readonly streamed?: boolean;
  readonly holdMicro?: Micro;
  /** The output limit that the proxy put in place of a larger one, because the credits cover no more. In tokens. */
  readonly outputCap?: number;
  /** Tokens of the input as the provider counted them before the call, because its hold would have been too large without. */
  readonly countedTokens?: number;
  readonly costMicro?: Micro;
  readonly usage?: TokenUsage;
  /** What was charged without its price being known, by the names of fields. */
  readonly unpriced?: readonly string[];
  readonly upstreamStatus?: number;
  /** Why a hold was released or is uncertain. */
  readonly reason?: string;
  /** The caller was gone before its answer was out. */
  readonly callerGone: boolean;
  /** The trace that the caller's `traceparent` names, if that is valid. */
  readonly traceId?: string;
  readonly durationMs: number;
  /** Of that, until the request's body was there. */
  readonly bodyMs?: number;
  /**
   * Of that, from sending the call to its provider until the response was read, as fast as the caller took it, and the wait
   * for a count of its input. What is left of `durationMs` is the proxy's own time. Undefined where nothing was sent.
   */
  readonly upstreamMs?: number;
}

export interface UpstreamTimeouts {
  /** To connect. Default 10,000. */
  readonly connectMs?: number;
  /** From the request to the head of its response. Default 600,000: reasoning takes its time. */
  readonly firstByteMs?: number;
  /** Between two pieces of a response. Default 120,000. */
  readonly idleMs?: number;
  /**
   * To count the input of a call, free of charge. A provider is asked to where a call is refused because of the bound of its
   * input (a PDF may fill the whole context window), with the platform's key, and as one of the account's calls that cost
   * nothing (`countFreeCall`). Without a count, the bound is held. Default 5,000. 0: it is never asked.
   */
  readonly countInputMs?: number;
}

/**
 * Responses whose caller is gone are read on, to learn what they cost: how long, and how many at a time. When all places are
 * taken, the account with the most gives one up to an account that has fewer.
 */
export interface DrainBounds {
  /** Default 3,600,000: as long as an answer itself takes. A provider that is silent is given up by `UpstreamTimeouts` before. */
  readonly maxMs?: number;
  /** Of all accounts. Default 1,000. */
  readonly maxConcurrent?: number;
  /** Default 100. */
  readonly maxPerAccount?: number;
}

/** What a provider keeps under the platform's key, and for whom. */
export interface KeptId {
  readonly workspaceId: string;
  /** The most tokens that it brings into the prompt of a later call; null: not known, up to the whole context. */
  readonly contextTokens: number | null;
}

/**
 * Remembers which workspace got an id: of a stored response and its items, a container, a spoken answer. The platform's key is
 * one for all, so the provider lets anybody use them. Both may reject: then the call is refused, or the id stays unknown.
 */
export interface KeptIds {
  /** Durable when it resolves, for as long as the provider may keep what the ids name. */
  keep(kept: KeptId & { readonly api: ApiName; readonly ids: readonly string[]; readonly at: number }): Promise<void>;
  /** Those of the ids that are kept. */
  find(api: ApiName, ids: readonly string[]): Promise<ReadonlyMap<string, KeptId>>;
}

/** The API in which a call is made, and an id given out. */
export type ApiName = 'openai' | 'anthropic' | 'google';

/**
 * What may be taken by bodies of requests, from their arrival until the call has ended; and as much again by responses in one
 * piece, which wait for one another where requests are refused.
 */
export interface BodyBounds {
  /** Bytes in memory in all. The first 64 KiB of each body do not count. Default 256 MiB. Beyond it: 503. */
  readonly totalBytes?: number;
  /** Of one account, with the first 64 KiB of each. Not below `bodyLimitBytes`, or its largest bodies are always refused. Default 64 MiB. Beyond it: 429. */
  readonly accountBytes?: number;
  /** How long a body may take to arrive. Default 60,000. Beyond it: 408. */
  readonly timeoutMs?: number;
}

export interface MeteringProxyOptions {
  /** Undefined where the credential belongs to no live workspace. Its rejection is answered with 503. */
  readonly resolveWorkspace: (credential: Credential) => Promise<ProxyWorkspace | undefined>;
  readonly store: MeteringStore;
  /** Default: none. Then a managed call that names anything by a provider's id is refused. */
  readonly keptIds?: KeptIds | undefined;
  readonly providers: ProviderAccesses;
  readonly prices: PriceSource;
  /**
   * What may cost, and what is refused because its cost is not known. Default `createCharges()`: the tables of this version.
   * `createCharges({ additions })` adds an operator's entries.
   */
  readonly charges?: Charges;
  readonly timeouts?: UpstreamTimeouts;
  readonly drain?: DrainBounds;
  /**
   * The most output tokens that any model in use writes in a second. With it, the hold of a call whose end does not come
   * falls to what can have been written in its time. No provider promises one, nor that it stops writing when nobody reads:
   * by default, all of the output limit stays held.
   */
  readonly outputTokensPerSecond?: number | undefined;
  /**
   * Whether a call whose output limit costs more than what is left is forwarded with the limit that is covered, if that is
   * at least 1,024 tokens. The response says so in `x-rigbox-output-cap`. Default false: such a call is answered 402.
   */
  readonly fitOutputCap?: boolean;
  /** Largest request body. Default 32 MiB. */
  readonly bodyLimitBytes?: number;
  readonly bodies?: BodyBounds;
  /**
   * Counts a managed call that costs nothing, such as a count of tokens. Resolves to the milliseconds after which the account
   * may make another, or to undefined where this one is within its rate. Its rejection is answered with 503. Default: 300 a
   * minute, counted in this process.
   */
  readonly countFreeCall?: (accountId: string) => Promise<number | undefined>;
  /**
   * How long a caller of a stream may take to read all that waits for it, which is an event or 64 KiB at most, whichever is
   * more, before it counts as gone. Default 120,000.
   */
  readonly unreadTimeoutMs?: number;
  /**
   * Whether a caller without a key (or with the placeholder `managed-by-rigbox`) is recognised by its socket's address.
   * Default false: it is for compute networks on which addresses cannot be forged.
   */
  readonly identifyByAddress?: boolean;
  /** Milliseconds since the epoch, as the account of a call has it: its months and windows. Default `Date.now` for all. */
  readonly clock?: (accountId: string) => number;
  /**
   * Ids of calls, and of their holds and ledger entries; unique for ever. Default `req_` and a UUID of version 7. Let yours
   * begin with the time too: a store finds rows by them, and writes far less where new ones stand side by side.
   */
  readonly newRequestId?: () => string;
  readonly logger?: ProxyLogger;
  /** Called once per call; what it throws is logged. */
  readonly onOutcome?: (outcome: CallOutcome) => void;
}
