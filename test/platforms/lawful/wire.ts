import { Readable } from 'node:stream';
import {
  type FrontResponse,
  type Mutation,
  parseJson,
  readHeader,
  readText,
  withHeader,
  withText,
} from '../message.ts';
import { changing, streaming } from '../mutations.ts';
import { respelled } from './json-writing.ts';
import type { Variant, VisibleVariant } from './variant.ts';

const everywhere = (mutation: Mutation): Pick<Variant, 'controlPlane' | 'proxy'> => ({
  controlPlane: mutation,
  proxy: mutation,
});

/** Variants of how answers are written and sent. */
export const wireVariants: readonly VisibleVariant[] = [
  {
    how: 'writes JSON in another order, with escapes, tabs and line breaks',
    lawful: 'It is the same JSON (RFC 8259).',
    ask: 'GET /workspaces',
    shows: (raw) => raw.includes(String.raw`\u0076\u006d\u0073`),
    crowd: 1,
    ...everywhere(changing(async (answer) => (isJson(answer) ? respell(answer) : answer))),
  },
  {
    how: 'writes the JSON of events in another order, with escapes and spaces',
    lawful: 'It is the same JSON (RFC 8259), on one line.',
    ask: 'stream',
    shows: (raw) => /data:\{ "\\u/.test(raw),
    crowd: 2,
    proxy: streaming((event) =>
      event.replace(/^data: ?(\{.*)$/m, (_, data: string) => `data:${respelled(JSON.parse(data), ' ')}`),
    ),
  },
  {
    how: 'writes the names of headers in capitals, and adds some',
    lawful: 'Names have no case (RFC 9110), and more of them are no harm.',
    ask: 'GET /workspaces',
    shows: (raw) => raw.includes('\r\nCONTENT-TYPE: '),
    crowd: 3,
    ...everywhere(
      changing((answer) => ({
        ...answer,
        headers: [['VIA', '1.1 edge'], ...answer.headers.map(([name, value]) => [name.toUpperCase(), value] as const)],
      })),
    ),
  },
  {
    how: 'names the charset in its content types',
    lawful: 'A media type may have parameters (RFC 9110).',
    ask: 'stream',
    shows: (raw) => raw.includes('event-stream; Charset="UTF-8"'),
    crowd: 1,
    ...everywhere(
      changing((answer) =>
        withHeader(answer, 'Content-Type', `${readHeader(answer, 'content-type')?.split(';')[0]}; Charset="UTF-8"`),
      ),
    ),
  },
  {
    how: 'tells no length and sends in pieces of seven bytes',
    lawful: "Framing is the connection's matter (RFC 9112).",
    ask: 'GET /workspaces',
    shows: (raw) => /\r\n7\r\n.{7}\r\n7\r\n/s.test(raw),
    crowd: 2,
    ...everywhere(changing((answer) => inPieces(withHeader(answer, 'content-length'), 7))),
  },
  {
    how: 'closes the connection after every answer',
    lawful: 'No server has to keep one open (RFC 9112).',
    ask: 'GET /workspaces',
    shows: (raw) => raw.includes('\r\nConnection: close\r\n'),
    crowd: 3,
    ...everywhere(changing((answer) => withHeader(answer, 'Connection', 'close'))),
  },
  {
    how: 'sends streams byte by byte',
    lawful: 'Events end at empty lines, wherever chunks do.',
    ask: 'stream',
    shows: (raw) => /\r\n1\r\n.\r\n1\r\n/s.test(raw),
    crowd: 3,
    proxy: changing((answer) => (isEventStream(answer) ? inPieces(answer, 1) : answer)),
  },
  {
    how: 'sends streams all at once, when their end is there',
    lawful: 'No sentence says how soon an event is passed on.',
    ask: 'stream',
    shows: (raw) => /\r\ncontent-length: \d/i.test(raw),
    crowd: 1,
    proxy: changing(async (answer) => (isEventStream(answer) ? withText(answer, await readText(answer)) : answer)),
  },
  {
    how: 'ends the lines of events with CR LF, comments in between, and gives events ids',
    lawful: 'The grammar of event streams has all of it.',
    ask: 'stream',
    shows: (raw) => /: still here\r\n\r\ndata: .*\r\nid: 7\r\n/.test(raw),
    crowd: 2,
    proxy: streaming((event) => `: still here\r\n\r\n${event.replaceAll('\n', '\r\n')}\r\nid: 7\r\nretry: 500\r`),
  },
];

function isJson(answer: FrontResponse): boolean {
  return /^application\/json\b/i.test(readHeader(answer, 'content-type') ?? '');
}

function isEventStream(answer: FrontResponse): boolean {
  return /^text\/event-stream\b/i.test(readHeader(answer, 'content-type') ?? '');
}

async function respell(answer: FrontResponse): Promise<FrontResponse> {
  const text = await readText(answer);
  const json = parseJson({ body: Buffer.from(text) });
  return withText(answer, json === undefined ? text : respelled(json, '\r\n\t '));
}

function inPieces(answer: FrontResponse, bytes: number): FrontResponse {
  async function* pieces() {
    for await (const chunk of answer.body) {
      for (let at = 0; at < chunk.length; at += bytes) yield chunk.subarray(at, at + bytes);
    }
  }
  return { ...answer, body: Readable.from(pieces()) };
}
