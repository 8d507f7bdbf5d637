import type { ConformanceConfig, Verdict } from '../../../conformance/index.ts';
import type { Mutation } from '../message.ts';
import { both } from '../mutations.ts';
import type { Ask } from './sight.ts';

/** A platform that does something else than the reference platform, and keeps the contract all the same. */
export interface Variant {
  /** What it does, as the end of "a platform that ...". */
  readonly how: string;
  /** Why it may. */
  readonly lawful: string;
  /** Before the control plane. */
  readonly controlPlane?: Mutation;
  /** Before the managed AI proxy. */
  readonly proxy?: Mutation;
  /** What the suite is told of it, where that differs. */
  readonly told?: (config: ConformanceConfig) => ConformanceConfig;
  /** The only verdicts but pass, by requirement, each with its reason. */
  readonly instead?: Readonly<Record<string, { readonly verdict: Verdict; readonly reason: string }>>;
}

/** A variant, and where to look for it: this request, so many times, shows it at least once. */
export interface VisibleVariant extends Variant {
  readonly ask: Ask;
  readonly times?: number;
  readonly shows: (answer: string) => boolean;
  /** With which others it makes one platform, where whole runs are dear. */
  readonly crowd: 1 | 2 | 3;
}

const asItIs: Mutation = (sent, forward) => forward(sent);

/** One platform that does all of it at the same time; the first is the last to touch an answer. */
export function together(variants: readonly Variant[]): Variant {
  const tellings = variants.flatMap(({ told }) => (told === undefined ? [] : [told]));
  return {
    how: variants.map(({ how }) => how).join('; '),
    lawful: variants.map(({ lawful }) => lawful).join(' '),
    controlPlane: both(...variants.map(({ controlPlane }) => controlPlane ?? asItIs)),
    proxy: both(...variants.map(({ proxy }) => proxy ?? asItIs)),
    told: (config) => tellings.reduce((known, tell) => tell(known), config),
    instead: Object.assign({}, ...variants.map(({ instead }) => instead)),
  };
}
