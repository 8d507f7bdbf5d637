import type * as Drain from '../../../../server/proxy/upstream.ts';
import { type Build, withSwap } from '../build.ts';

const DRAIN = 'server/proxy/upstream.ts';

/** The connection to the provider goes with the caller's: what it cost is never learnt. */
export const stopsReading: Build = withSwap<typeof Drain>('stops reading when its caller leaves', DRAIN, () => ({
  createDrains: () => ({
    enter(onBound) {
      onBound();
      return () => {};
    },
    stop: () => {},
  }),
}));

export const readsForEver: Build = withSwap<typeof Drain>(
  'reads on for as long as the provider likes',
  DRAIN,
  (real) => ({
    createDrains: ({ maxConcurrent }) => real.createDrains({ maxConcurrent, maxMs: 60_000 }),
  }),
);

export const readsForAll: Build = withSwap<typeof Drain>('reads on for however many have left', DRAIN, (real) => ({
  createDrains: ({ maxMs }) => real.createDrains({ maxMs, maxConcurrent: Number.POSITIVE_INFINITY }),
}));
