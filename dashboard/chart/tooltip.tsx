import { type Measure, measured } from '../figures/totals.ts';
import type { Column, SegmentKey } from './columns.ts';
import { exactValue, formatStepOrDay } from './labels.ts';
import type { Paint } from './legend.tsx';

interface Props {
  readonly column: Column;
  readonly measure: Measure;
  readonly stepSeconds: number;
  readonly names: ReadonlyMap<SegmentKey, string>;
  readonly paint: Paint;
  readonly hint: string | undefined;
  /** The middle of the column, from the left of the frame. */
  readonly left: number;
  readonly frameWidth: number;
}

const WIDTH = 232;

/** The exact values of a column. What it says, the column's label and the table below say too. */
export function Tooltip({ column, measure, stepSeconds, names, paint, hint, left, frameWidth }: Props) {
  const beside = left + WIDTH + 16 <= frameWidth ? left + 12 : Math.max(0, left - WIDTH - 12);
  const parts = column.segments.filter(({ totals }) => measured(totals, measure) > 0n).reverse();
  return (
    <div class="tooltip" style={{ left: `${beside}px` }} aria-hidden="true">
      <p class="muted">{formatStepOrDay(column.startSeconds, stepSeconds)}</p>
      <p class="total">
        <span>{measure === 'credits' ? 'Credits' : measure === 'tokens' ? 'Tokens' : 'Requests'}</span>
        <span>{exactValue(column.total, measure)}</span>
      </p>
      {parts.length > 0 && (
        <ul>
          {parts.map(({ key, totals }) => (
            <li key={key}>
              <span class={`swatch ${paint(key)}`} />
              <bdi>{names.get(key) ?? key}</bdi>
              <span>{exactValue(totals, measure)}</span>
            </li>
          ))}
        </ul>
      )}
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  );
}
