/**
 * The types of handlers, made from the types that openapi-typescript makes of a contract. A missing operation, an
 * undocumented status, a missing header or a wrong body does not compile.
 */
import type { Readable } from 'node:stream';
import type { PathId } from './authenticate.ts';

/** What a room knows of its contract. */
export interface Contract {
  /** `operations` of the generated types. */
  readonly operations: object;
  /** `pathIds` of the generated resources. */
  readonly pathIds: object;
  /** What the lookup of each resource finds, by the name of the resource. */
  readonly found: object;
  readonly account: unknown;
}

/** A handler for every operation: leaving one out does not compile. */
export type HandlersFor<C extends Contract> = {
  readonly [Id in keyof C['operations']]: HandlerFor<C, Id>;
};

/** Responds to one operation, in one of its documented ways and no other. */
export type HandlerFor<C extends Contract, Id extends keyof C['operations']> = (
  request: RequestFor<C, Id>,
) => Promise<OperationResponse<C['operations'][Id]>>;

/** A request that has passed every refusal of the contract. */
export interface RequestFor<C extends Contract, Id extends keyof C['operations']> {
  readonly params: Parameters<C['operations'][Id], 'path'>;
  /** A parameter with a default is always there. */
  readonly query: Required<Parameters<C['operations'][Id], 'query'>>;
  /** Undefined where there is no body, or where it may be left out and is. */
  readonly body: JsonContent<RequestBody<C['operations'][Id]>>;
  /** Who calls. Reading it throws in a public operation. */
  readonly account: C['account'];
  /** What the ids of the path name, all of them the caller's. */
  readonly resources: ResourcesFor<C, Id>;
  /** Aborted when the caller goes away before the response is out. */
  readonly signal: AbortSignal;
}

type Parameters<Operation, In extends 'path' | 'query'> = Operation extends { parameters: { [K in In]?: infer P } }
  ? Readonly<NonNullable<P>>
  : Readonly<Record<never, never>>;

type RequestBody<Operation> = Operation extends { requestBody?: infer Body } ? Body : undefined;

type JsonContent<Body> = [Body] extends [never]
  ? undefined
  : Body extends { content: { 'application/json': infer Json } }
    ? Readonly<Json>
    : undefined;

type ResourcesFor<C extends Contract, Id> = Id extends keyof C['pathIds']
  ? Intersection<FoundBy<C, C['pathIds'][Id]>>
  : Readonly<Record<never, never>>;

type FoundBy<C extends Contract, Ids> = Ids extends readonly PathId[]
  ? C['found'][Ids[number]['resource'] & keyof C['found']]
  : never;

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Every documented way to respond: the union over statuses and media types. */
export type OperationResponse<Operation> = Operation extends { responses: infer Responses }
  ? { [Status in keyof Responses]: StatusResponse<Status, Responses[Status]> }[keyof Responses]
  : never;

type StatusResponse<Status, Response> = Response extends { content: infer Content }
  ? { [Media in keyof Content]: MediaResponse<Status, Response, Media, Content[Media]> }[keyof Content]
  : EmptyResponse<Status> & Headers<Response>;

type MediaResponse<Status, Response, Media, Body> = (Media extends 'application/json'
  ? JsonResponse<Status, Body>
  : Media extends 'text/event-stream'
    ? EventStreamResponse<Status, Body>
    : DownloadResponse<Status, Media>) &
  Headers<Response>;

export interface JsonResponse<Status = number, Body = unknown> {
  readonly status: Status;
  readonly body: Body;
}

/** Without a body, such as 204. */
export interface EmptyResponse<Status = number> {
  readonly status: Status;
  readonly body?: undefined;
}

export interface EventStreamResponse<Status = number, Schema = unknown> {
  readonly status: Status;
  /** Ended with `return()` when the caller goes away; what it waits for must heed the request's `signal`. */
  readonly events: AsyncIterable<EventIn<Schema>>;
}

/** One event of a stream (HTML, server-sent events). */
export interface ServerSentEvent {
  /** Default: none, which clients take for `message`. */
  readonly event?: string;
  /** What a client sends back as `Last-Event-ID`. */
  readonly id?: string;
  /** Sent as JSON. */
  readonly data: unknown;
}

/** Where the schema of the stream describes an event, events are held to it. */
type EventIn<Schema> = Schema extends { readonly data: unknown } ? Schema : ServerSentEvent;

export interface DownloadResponse<Status = number, Media = string> {
  readonly status: Status;
  readonly contentType: Media;
  readonly content: Uint8Array | Readable | AsyncIterable<Uint8Array>;
  /** What a browser saves it as. Default: the client decides. */
  readonly filename?: string;
}

/** Headers that the contract requires must be there; others may. */
type Headers<Response> = Response extends { headers: infer Known }
  ? Record<never, never> extends Named<Known>
    ? { readonly headers?: Readonly<Named<Known>> & ExtraHeaders }
    : { readonly headers: Readonly<Named<Known>> & ExtraHeaders }
  : { readonly headers?: ExtraHeaders };

type ExtraHeaders = Readonly<Record<string, string | number | boolean>>;

/** Without the index signature that the generated types have for all further headers. */
type Named<Known> = { [Name in keyof Known as string extends Name ? never : Name]: Known[Name] };
