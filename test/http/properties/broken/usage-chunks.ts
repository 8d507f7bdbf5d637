import type * as Chat from '../../../../server/proxy/providers/openai-chat.ts';
import type * as Streams from '../../../../server/proxy/providers/openai-stream.ts';
import { type Build, withSwap } from '../build.ts';

const STREAM = 'server/proxy/providers/openai-stream.ts';

/** A naive caller reads `choices[0]` of every chunk, and falls over this one. */
export const showsUsageChunk: Build = withSwap<typeof Streams>(
  'shows the usage chunk that nobody asked for',
  STREAM,
  (real) => ({
    readChatStream: (facts, provider) => real.readChatStream({ ...facts, usageAsked: true }, provider),
  }),
);

export const hidesEmptyChunks: Build = withSwap<typeof Streams>(
  'hides every chunk without choices',
  STREAM,
  (real) => ({
    readChatStream(facts, provider) {
      const reader = real.readChatStream(facts, provider);
      return {
        ...reader,
        concerns: () => true,
        read(event) {
          const fate = reader.read(event);
          return event.mentions('"choices":[]') && fate.kind === 'pass' ? { kind: 'hide' } : fate;
        },
      };
    },
  }),
);

export const asksForNoUsage: Build = withSwap<typeof Chat>(
  'does not ask the provider for the usage of a stream',
  'server/proxy/providers/openai-chat.ts',
  ({ chatCompletions }) => ({
    chatCompletions: {
      ...chatCompletions,
      place: (facts, decisions) => chatCompletions.place({ ...facts, usageAsked: true }, decisions),
    },
  }),
);
