import type { Store } from '../../server/store.ts';

/** Ways to break a platform, by what goes wrong. */
export const defects = {
  /** A hold that is made to fit: half of what the call can cost. */
  'half-hold': ({ admit }) => ({
    admit: (admission) => admit({ ...admission, amountMicro: admission.amountMicro / 2n }),
  }),
  /** A call is let through before its hold has reached the disk. */
  'late-hold': ({ admit }) => ({
    async admit(admission) {
      setTimeout(() => void admit(admission), 2_000);
      return { kind: 'admitted', remainingMicro: 0n };
    },
  }),
  /** An answer is given away before its charge has reached the disk. */
  'late-charge': ({ settle }) => ({
    async settle(settlement) {
      setTimeout(() => void settle(settlement), 2_000);
      return { kind: 'settled', costMicro: settlement.costMicro, remainingMicro: 0n };
    },
  }),
} satisfies Record<string, (store: Store) => Partial<Store>>;

export type Defect = keyof typeof defects;
