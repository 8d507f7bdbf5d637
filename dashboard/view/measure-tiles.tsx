import { formatCount, formatShort } from '../figures/amounts.ts';
import type { Measure, Totals } from '../figures/totals.ts';
import { Amount } from './amount.tsx';

interface Props {
  /** Over what the chart shows. */
  readonly totals: Totals;
  readonly measure: { value: Measure };
}

/** The three sums, and the choice of which one the chart shows. */
export function MeasureTiles({ totals, measure }: Props) {
  const { requests, inputTokens, outputTokens, costMicro } = totals;
  const tiles = [
    { is: 'credits', title: 'Credits spent', figure: <Amount micro={costMicro} />, micro: costMicro },
    { is: 'requests', title: 'Requests', figure: formatCount(requests) },
    {
      is: 'tokens',
      title: 'Tokens',
      figure: formatCount(inputTokens + outputTokens),
      more: `${formatShort(inputTokens)} in, ${formatShort(outputTokens)} out`,
    },
  ] as const;
  return (
    <fieldset class="tiles">
      <legend class="hidden">Shown in the chart</legend>
      {tiles.map((tile) => (
        <button
          type="button"
          key={tile.is}
          aria-pressed={measure.value === tile.is}
          onClick={() => {
            measure.value = tile.is;
          }}
        >
          <span class="title">{tile.title}</span>
          <span class="sum" data-sum={tile.is} {...('micro' in tile && { 'data-micro': tile.micro })}>
            {tile.figure}
          </span>
          {'more' in tile && <span class="more">{tile.more}</span>}
        </button>
      ))}
    </fieldset>
  );
}
