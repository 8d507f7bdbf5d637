import type { operations as ControlPlane } from '../../generated/control-plane.ts';
import type { ExampleNames } from '../../generated/example-names.ts';
import type { operations as ManagedProxy } from '../../generated/managed-proxy.ts';
import type { ScenarioName } from '../../generated/scenarios.ts';
import type { Preference } from '../responses/preferences.ts';
import type { Pace } from '../responses/response.ts';

/** An operation of either API, by the id that the contract gives it. */
export type OperationId = keyof ExampleNames & keyof Operations;

type Operations = ControlPlane & ManagedProxy;
type Codes<Id extends OperationId> = keyof ExampleNames[Id];
type SuccessCode<Id extends OperationId> = Extract<Codes<Id>, 200 | 201 | 204>;

/** The JSON of an operation's success. */
export type SuccessBody<Id extends OperationId> = Operations[Id] extends { responses: infer Responses }
  ? Responses[Extract<keyof Responses, 200 | 201>] extends { content: { 'application/json': infer Body } }
    ? Body
    : never
  : never;

/** What an overridden operation responds: one of these, each typed by the operation. */
export type Override<Id extends OperationId> = Timing &
  (
    | { [Code in Codes<Id>]: Only<{ code: Code; example?: ExampleNames[Id][Code] }> }[Codes<Id>]
    | Only<{ example: ExampleNames[Id][SuccessCode<Id>] }>
    | Only<{ scenario: ScenarioName }>
    /** A status from 400 to 599 that the operation does not document, such as 503. */
    | Only<{ undocumented: number }>
    /** A success with this body. */
    | Only<{ body: SuccessBody<Id> }>
    /** No response at all: `fetch` rejects, as it does offline. */
    | Only<{ networkError: true }>
    /** The response as it would be, only slower or broken off. */
    | Only<object>
  );

type Choices = 'code' | 'example' | 'scenario' | 'undocumented' | 'body' | 'networkError';
type Only<Wanted> = Readonly<Wanted> & { readonly [Other in Exclude<Choices, keyof Wanted>]?: undefined };

export interface Timing extends Pace {
  /** Wait so long before responding. Default: not at all. */
  readonly delayMs?: number;
  /** Respond to the next matching request only. Default: all, until `resetHandlers()`. */
  readonly once?: boolean;
}

/** An override without its types, taken apart for the handler. */
export interface ParsedOverride {
  readonly preference: Preference;
  readonly body?: unknown;
  readonly networkError: boolean;
}

export function readOverride(override: object): ParsedOverride {
  const given = { ...override } as Partial<Record<string, unknown>> & Timing;
  const { code, undocumented, body, networkError, once: _once, ...rest } = given;
  const status = code ?? undocumented;
  return {
    preference: { ...rest, ...(status !== undefined && { code: String(status) }) },
    ...(body !== undefined && { body }),
    networkError: networkError === true,
  };
}
