/**
 * Money. 1 credit is about $0.01 of upstream cost and is divided into 1,000,000 microcredits.
 * Inside the platform every amount is a bigint of microcredits; only the JSON edge turns it into a number.
 */
export type Micro = bigint;

/** Microcredits in one credit. */
export const MICRO_PER_CREDIT: Micro = 1_000_000n;

/** Microcredits in one US dollar of upstream cost: 100 credits. */
export const MICRO_PER_USD: Micro = 100n * MICRO_PER_CREDIT;

/** Whole credits, as plans grant them, to microcredits. Throws a RangeError for anything but a safe integer. */
export function creditsToMicro(credits: number): Micro {
  if (!Number.isSafeInteger(credits)) throw new RangeError(`not a whole number of credits: ${credits}`);
  return BigInt(credits) * MICRO_PER_CREDIT;
}

/**
 * The exact amount as a JSON integer, for the authoritative `_micro` fields. Beyond 2^53 (9 thousand million credits) the
 * nearest integer that a JSON number can be: an account that cannot be read at all would be worse.
 */
export function microAsInteger(micro: Micro): number {
  return Number(micro);
}

/** The amount in credits, for display only: the `_micro` field beside it is authoritative. */
export function microAsCredits(micro: Micro): number {
  return microAsInteger(micro) / 1_000_000;
}

/** The amount in credits as decimal text, exactly. */
export function creditsText(micro: Micro): string {
  const [sign, size] = micro < 0n ? ['-', -micro] : ['', micro];
  const fraction = String(size % MICRO_PER_CREDIT)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${sign}${size / MICRO_PER_CREDIT}${fraction && '.'}${fraction}`;
}
