import type { Micro } from './microcredits.ts';

/** A budget refuses with 402, a rate with 429; both count a rolling window (contract section 4, Subjects). */
export type SubjectLimit = {
  readonly purpose: 'budget' | 'rate';
  readonly windowSeconds: number;
} & (
  | { readonly unit: 'credits'; readonly amountMicro: Micro }
  | { readonly unit: 'requests'; readonly amount: number }
);

/** Why a subject was refused, with what its error body shows. */
export interface SubjectRefusal {
  readonly limit: SubjectLimit;
  /** Used in the window, open holds included: microcredits or requests, as the limit counts. */
  readonly used: bigint;
  /** When enough of the window will have passed for the next call, milliseconds since the epoch. */
  readonly resetsAt: number;
}
