import type * as Sse from '../../../../server/proxy/sse.ts';
import { type Build, withSwap } from '../build.ts';

type Splitter = Sse.EventSplitter;
type Event = ReturnType<Splitter['push']>[number];

/** It cuts everything, so that its fault shows. */
function splitting(name: string, make: (real: typeof Sse, maxEventBytes: number) => Omit<Splitter, 'skim'>): Build {
  return withSwap<typeof Sse>(name, 'server/proxy/sse.ts', (real) => ({
    createEventSplitter: (maxEventBytes) => ({ ...make(real, maxEventBytes), skim: () => 0 }),
  }));
}

/** Works on a fast network, where an event comes in one piece. */
export const readsChunkByChunk: Build = splitting('takes every chunk for whole events', (real, maxEventBytes) => ({
  push(chunk) {
    const splitter = real.createEventSplitter(maxEventBytes);
    const events = splitter.push(chunk);
    const last = splitter.end();
    return last === undefined ? events : [...events, last];
  },
  end: () => undefined,
}));

/** To it, carriage returns are spaces at the ends of lines, and no line that has one is blank. */
export const knowsLineFeedsOnly: Build = splitting('ends events at two line feeds only', (real, maxEventBytes) => {
  let text = '';
  const toEvent = (part: string) =>
    real
      .createEventSplitter(maxEventBytes)
      .push(Buffer.from(`${part.replaceAll('\r', ' ')}\n\n`, 'latin1'))
      .slice(0, 1);
  return {
    push(chunk) {
      const parts = (text + chunk.toString('latin1')).split('\n\n');
      text = parts.pop() ?? '';
      return parts.flatMap(toEvent);
    },
    end: () => toEvent(text)[0],
  };
});

export const wantsFinalNewline: Build = splitting(
  'drops an event that the stream ends with',
  (real, maxEventBytes) => ({
    ...real.createEventSplitter(maxEventBytes),
    end: () => undefined,
  }),
);

/** What is not called an event's name is taken for its data. */
export const readsCommentsAsData: Build = splitting('reads comments as data', (real, maxEventBytes) => {
  const splitter = real.createEventSplitter(maxEventBytes);
  return { ...splitter, push: (chunk) => splitter.push(chunk).map(misread) };
});

function misread(event: Event): Event {
  const lines = event.raw.toString('utf8').split(/\r\n|\n|\r/);
  const data = lines.filter((line) => line !== '' && !line.startsWith('event:'));
  return {
    raw: event.raw,
    name: event.name,
    data: data.map((line) => line.replace(/^data: ?/, '')).join('\n'),
  };
}

/** The same JSON in other bytes: other spaces, other escapes, other order of what is said twice. */
export const writesEventsAnew: Build = splitting('writes events anew', (real, maxEventBytes) => {
  const splitter = real.createEventSplitter(maxEventBytes);
  return { ...splitter, push: (chunk) => splitter.push(chunk).map(rewritten) };
});

function rewritten(event: Event): Event {
  const { name, data } = event;
  if (!data.startsWith('{')) return event;
  const raw = Buffer.from(`data: ${JSON.stringify(JSON.parse(data))}\n\n`);
  return { raw, name, data };
}
