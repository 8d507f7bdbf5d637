import { amountParts, type Micro } from '../figures/amounts.ts';

interface Props {
  readonly micro: Micro;
  /** All six decimals, so that the points of a column stand below each other. Default: as many as it takes. */
  readonly isAligned?: boolean;
}

/** An amount to the microcredit; the digits that seldom matter step back. */
export function Amount({ micro, isAligned = false }: Props) {
  const { credits, hundredths, rest } = amountParts(micro);
  return (
    <span class="amount">
      {credits}
      {hundredths}
      {(rest !== '' || isAligned) && <span class="fraction">{rest || '0000'}</span>}
    </span>
  );
}
