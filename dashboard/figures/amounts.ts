/** Microcredits: 1,000,000 of them are one credit. Always a bigint: no sum of them is ever rounded. */
export type Micro = bigint;

const MICRO_PER_CREDIT = 1_000_000n;
const whole = new Intl.NumberFormat('en-US');
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** An amount cut where the eye cuts it: `1,874` `.25` and the four digits that matter to accountants. */
export interface AmountParts {
  /** With its sign and thousands separators. */
  readonly credits: string;
  /** The first two decimals, with the point. */
  readonly hundredths: string;
  /** The other four, or nothing where they are all zero. */
  readonly rest: string;
}

export function amountParts(micro: Micro): AmountParts {
  const size = micro < 0n ? -micro : micro;
  const decimals = String(size % MICRO_PER_CREDIT).padStart(6, '0');
  const rest = decimals.slice(2);
  return {
    credits: `${micro < 0n ? '\u2212' : ''}${whole.format(size / MICRO_PER_CREDIT)}`,
    hundredths: `.${decimals.slice(0, 2)}`,
    rest: rest === '0000' ? '' : rest,
  };
}

/** `1,874.25`, and as many decimals more as it takes to be exact. */
export function formatCredits(micro: Micro): string {
  const { credits, hundredths, rest } = amountParts(micro);
  return credits + hundredths + rest;
}

/** `1,874` where nothing stands behind the point, else as `formatCredits`: for round figures like a plan's grant. */
export function formatRoundCredits(micro: Micro): string {
  return micro % MICRO_PER_CREDIT === 0n ? amountParts(micro).credits : formatCredits(micro);
}

/** For programs: `-1874.250000`, no separators, always six decimals. */
export function plainCredits(micro: Micro): string {
  const size = micro < 0n ? -micro : micro;
  const decimals = String(size % MICRO_PER_CREDIT).padStart(6, '0');
  return `${micro < 0n ? '-' : ''}${size / MICRO_PER_CREDIT}.${decimals}`;
}

export function formatCount(count: bigint | number): string {
  return whole.format(count);
}

/** `1.2M`: for axes and tight places, where the exact figure stands nearby. */
export function formatShort(count: bigint | number): string {
  return short.format(count);
}

/** For lengths on a screen only: never add what this returns. */
export function approximateCredits(micro: Micro): number {
  return Number(micro) / Number(MICRO_PER_CREDIT);
}

/** How much `part` is of `total`, from 0 to 1, for meters. */
export function ratio(part: bigint, total: bigint): number {
  if (total <= 0n || part <= 0n) return 0;
  return part >= total ? 1 : Number((part * 1_000_000n) / total) / 1_000_000;
}
