import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readPointer } from '../../contract/json-pointer.ts';

/** Name and value as they were sent, repeated ones included. */
export type Header = readonly [name: string, value: string];

/** A request on its way through a front. */
export interface FrontRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** What comes back, while it comes: the body is not read yet. */
export interface FrontResponse {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Readable;
}

/** Passes a request on to what stands behind the front; as often as it is called. */
export type Forward = (sent: FrontRequest) => Promise<FrontResponse>;

/** What a front does with a request. It may change what goes and what comes, ask more than once, or answer by itself. */
export type Mutation = (sent: FrontRequest, forward: Forward) => Promise<FrontResponse>;

/** The first header of that name, whatever its case. */
export function readHeader({ headers }: { readonly headers: readonly Header[] }, name: string): string | undefined {
  return headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
}

/** Without any header of that name, and with this value where one is given. */
export function withHeader<Message extends { readonly headers: readonly Header[] }>(
  message: Message,
  name: string,
  value?: string,
): Message {
  const others = message.headers.filter(([known]) => known.toLowerCase() !== name.toLowerCase());
  return { ...message, headers: value === undefined ? others : [...others, [name, value]] };
}

/** The body as JSON; undefined where it is none. */
export function parseJson({ body }: Pick<FrontRequest, 'body'>): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** A text in the JSON that is sent, by its pointer; undefined where there is none. */
export function textAt(sent: FrontRequest, pointer: string): string | undefined {
  const value = readPointer(parseJson(sent), pointer);
  return typeof value === 'string' ? value : undefined;
}

/** The whole body, once it is there. */
export async function readText({ body }: FrontResponse): Promise<string> {
  return (await buffer(body)).toString();
}

/** The answer with another body, whose length it tells. */
export function withText(answer: FrontResponse, text: string): FrontResponse {
  const body = Buffer.from(text);
  return { ...withHeader(answer, 'content-length', String(body.length)), body: Readable.from([body]) };
}

export function jsonAnswer(status: number, json: unknown): FrontResponse {
  const answer = { status, headers: [['content-type', 'application/json']] as const, body: Readable.from([]) };
  return withText(answer, JSON.stringify(json));
}
