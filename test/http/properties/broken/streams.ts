import type * as OpenAi from '../../../../server/proxy/apis/openai.ts';
import type * as Drains from '../../../../server/proxy/drains.ts';
import type * as Sse from '../../../../server/proxy/sse.ts';
import type * as Upstream from '../../../../server/proxy/upstream.ts';
import { type Build, withSwap } from '../build.ts';

const UPSTREAM = 'server/proxy/upstream.ts';

type Dispatch = Upstream.Dispatch;
type Opened = Upstream.Opened;

/** A build that makes something else of how dispatches turn out. */
function judging(name: string, judge: (opened: Opened, again: () => Dispatch) => Opened | Promise<Opened>): Build {
  return withSwap<typeof Upstream>(name, UPSTREAM, (real) => ({
    dispatch(agent, request) {
      const again = () => real.dispatch(agent, request);
      const first = again();
      return { ...first, opened: first.opened.then((opened) => judge(opened, again)) };
    },
  }));
}

export const takesLossForRefusal: Build = judging('takes a lost answer for a call that was never sent', (opened) =>
  opened.kind === 'lost' ? { ...opened, kind: 'not_dispatched' } : opened,
);

export const takesRefusalForLoss: Build = judging('takes a call that was never sent for a lost answer', (opened) =>
  opened.kind === 'not_dispatched' ? { kind: 'lost', reason: 'connection' } : opened,
);

export const takesTimeoutForRefusal: Build = judging('takes a timeout for a call that was never sent', (opened) =>
  opened.kind === 'lost' && opened.reason === 'timeout' ? { ...opened, kind: 'not_dispatched' } : opened,
);

/** The provider may have done the work already: it does it twice, and bills it twice. */
export const triesAgainAfterLoss: Build = judging('tries again when an answer is lost', (opened, again) =>
  opened.kind === 'lost' ? again().opened : opened,
);

export const triesAgainAfterError: Build = judging(
  'tries again when the provider answers with a 5xx',
  (opened, again) => (opened.kind === 'opened' && opened.status >= 500 ? again().opened : opened),
);

const DRAINS = 'server/proxy/drains.ts';

/** The connection to the provider goes with the caller's: what it cost is never learnt. */
export const stopsReading: Build = withSwap<typeof Drains>('stops reading when its caller leaves', DRAINS, () => ({
  createDrains: () => ({
    enter(_accountId, onBound) {
      onBound();
      return () => {};
    },
    stop: () => {},
  }),
}));

export const readsForEver: Build = withSwap<typeof Drains>(
  'reads on for as long as the provider likes',
  DRAINS,
  (real) => ({
    createDrains: (bounds) => real.createDrains({ ...bounds, maxMs: 60_000 }),
  }),
);

export const readsForAll: Build = withSwap<typeof Drains>('reads on for however many have left', DRAINS, (real) => ({
  createDrains: (bounds) => real.createDrains({ ...bounds, maxConcurrent: Number.POSITIVE_INFINITY }),
}));

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

/** A build with another operation for chat completions. */
function chatting(name: string, change: (real: ChatCompletions) => Partial<ChatCompletions>): Build {
  return withSwap<typeof OpenAi>(name, 'server/proxy/apis/openai.ts', ({ chatCompletions }) => ({
    chatCompletions: { ...chatCompletions, ...change(chatCompletions) },
  }));
}
type ChatCompletions = typeof OpenAi.chatCompletions;

/** The hold is bounded, the call is not. */
export const injectsNoCap = chatting('does not tell the provider of the cap that it holds for', (real) => ({
  place: (facts, decisions) => real.place(facts, { ...decisions, outputTokens: undefined }),
}));

/** A naive caller reads `choices[0]` of every chunk, and fails at this one. */
export const showsUsageChunk = chatting('shows the usage chunk that the caller did not ask for', (real) => ({
  readStream: (facts, provider) => real.readStream({ ...facts, usageAsked: true }, provider),
}));

export const hidesEmptyChunks = chatting('hides every chunk without choices', (real) => ({
  readStream(facts, provider) {
    const reader = real.readStream(facts, provider);
    return {
      ...reader,
      find: () => 0,
      read(event) {
        const fate = reader.read(event);
        return event.raw.includes('"choices":[]') && fate.kind === 'pass' ? { kind: 'hide' } : fate;
      },
    };
  },
}));

export const asksForNoUsage = chatting('does not ask the provider for the usage of a stream', (real) => ({
  place: (facts, decisions) => real.place({ ...facts, usageAsked: true }, decisions),
}));
