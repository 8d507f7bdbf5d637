import { answerVariants } from './answers.ts';
import { idVariant } from './ids.ts';
import { offerVariants } from './offers.ts';
import { together, type VisibleVariant } from './variant.ts';
import { wireVariants } from './wire.ts';

/** Platforms that are lawful each in its own way: the suite has nothing to say against any of them. */
export const variants: readonly VisibleVariant[] = [...wireVariants, idVariant, ...offerVariants, ...answerVariants];

/** All of them in three platforms, for runs that have to be short. */
export const crowds = ([1, 2, 3] as const).map((crowd) =>
  together(variants.filter((variant) => variant.crowd === crowd)),
);
