import type * as OpenAi from '../../../../server/proxy/apis/openai.ts';
import { type Build, withSwap } from '../build.ts';

const OPENAI = 'server/proxy/apis/openai.ts';

/** A naive caller reads `choices[0]` of every chunk, and falls over this one. */
export const showsUsageChunk: Build = withSwap<typeof OpenAi>(
  'shows the usage chunk that the caller did not ask for',
  OPENAI,
  ({ chatCompletions }) => ({
    chatCompletions: {
      ...chatCompletions,
      readStream: (facts, provider) => chatCompletions.readStream({ ...facts, usageAsked: true }, provider),
    },
  }),
);

export const hidesEmptyChunks: Build = withSwap<typeof OpenAi>(
  'hides every chunk without choices',
  OPENAI,
  ({ chatCompletions }) => ({
    chatCompletions: {
      ...chatCompletions,
      readStream(facts, provider) {
        const reader = chatCompletions.readStream(facts, provider);
        return {
          ...reader,
          find: () => 0,
          read(event) {
            const fate = reader.read(event);
            return event.raw.includes('"choices":[]') && fate.kind === 'pass' ? { kind: 'hide' } : fate;
          },
        };
      },
    },
  }),
);

export const asksForNoUsage: Build = withSwap<typeof OpenAi>(
  'does not ask the provider for the usage of a stream',
  OPENAI,
  ({ chatCompletions }) => ({
    chatCompletions: {
      ...chatCompletions,
      place: (facts, decisions) => chatCompletions.place({ ...facts, usageAsked: true }, decisions),
    },
  }),
);
