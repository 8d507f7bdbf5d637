import type { ScriptRule } from '../../../../mocks/providers/index.ts';
import type { PricedModel } from '../../../harness/cost.ts';

/** What one SDK does in the matrix: how it asks, and how it ends when something goes wrong. */
export interface Driver {
  /** The row's title: the SDK and the API that it speaks. */
  readonly name: string;
  /** Whose model it asks for, and whose key a workspace of its own brings. */
  readonly provider: 'openai' | 'anthropic' | 'google';
  /** Which proxy it calls: the sandbox's, or the one that sends the OpenAI-shaped routes to OpenRouter. */
  readonly behind: 'sandbox' | 'openrouter';
  readonly model: PricedModel;
  /** What the provider reports for one call. */
  readonly reported: NonNullable<ScriptRule['respond']['usage']>;
  /** The provider's own bill, which wins over the price list: US dollars as decimal text. */
  readonly billedUsd?: string;
  /** Most output tokens that its request allows: what a hold must at least cover. */
  readonly outputLimit: number;
  readonly ask: Readonly<Record<Way, Ask | DoesNotApply>>;
  /** What the answer reads as, where that is not the scripted text. */
  readonly answerText?: string;
  /** Where its user sees what a call has cost. */
  readonly showsCost: Readonly<Record<Way, readonly CostPlace[]>>;
  /** How a call of its ends. */
  ends(call: Circumstances): Ending;
}

export type Way = 'buffered' | 'streamed';
export const WAYS: readonly Way[] = ['buffered', 'streamed'];

export interface DoesNotApply {
  readonly why: string;
}

export interface Connection {
  /** The proxy's origin. */
  readonly proxy: string;
  readonly key: string;
  /** `none`, so that errors come fast; `default`, as the SDK comes. */
  readonly retries: 'none' | 'default';
}

export type Ask = (connection: Connection) => Promise<SdkAnswer>;

/** What the SDK's user gets. */
export interface SdkAnswer {
  readonly text: string;
  /** All input and all output, however the SDK writes it; undefined where it shows none. */
  readonly usage: { readonly inputTokens: number | undefined; readonly outputTokens: number | undefined } | undefined;
  readonly cost: ShownCost;
  /** A failure that the SDK tells of in the answer instead of raising it. */
  readonly failure?: string;
}

export type CostPlace = 'headers' | 'fields';
export type ShownCost = Partial<Readonly<Record<CostPlace, { readonly micro: unknown; readonly credits: unknown }>>>;

export interface Circumstances {
  readonly way: Way;
  readonly mode: 'managed' | 'byok';
  /** Undefined where all goes well. */
  readonly failure: Failure | undefined;
}

export interface Failure {
  /** Whose error it is: each is written in its author's envelope. */
  readonly by: 'proxy' | 'provider';
  /** Undefined in the middle of a stream, whose status is out already. */
  readonly status: number | undefined;
  readonly message: string;
}

/** How a call ends for the SDK's user. */
export type Ending =
  | { readonly kind: 'answered' }
  | {
      readonly kind: 'raised';
      /** The very class, not one above or below it. */
      readonly type: abstract new (
        ...args: never[]
      ) => Error;
      readonly message: string;
      /** Whether the SDK puts the message among other text: the error body as JSON. */
      readonly isWrapped?: boolean;
    }
  /** The SDK raises nothing, but the answer says that it failed. */
  | { readonly kind: 'told'; readonly message: string };

export const ANSWERED: Ending = { kind: 'answered' };

/** Longer than any token count that is reported for it, as text is. */
export const PROMPT = 'Say in a few words what makes a good meter, and leave nothing out. '.repeat(8).trim();
export const OUTPUT_LIMIT = 128;

/** The cost in the headers of an answer. */
export function headerCost(headers: Headers | Readonly<Record<string, string>> | undefined): ShownCost {
  const all = new Headers(headers);
  const micro = all.get('x-rigbox-cost-micro');
  return micro === null ? {} : { headers: { micro, credits: all.get('x-rigbox-cost-credits') } };
}

/** The cost in the `usage` of an answer of the OpenAI shape. */
export function fieldCost(usage: unknown): ShownCost {
  if (typeof usage !== 'object' || usage === null || !('cost_micro' in usage)) return {};
  return { fields: { micro: usage.cost_micro, credits: 'cost_credits' in usage ? usage.cost_credits : undefined } };
}
