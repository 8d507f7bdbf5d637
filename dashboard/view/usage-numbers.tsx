import type { Column } from '../chart/columns.ts';
import { formatStepOrDay } from '../chart/labels.ts';
import { formatCount } from '../figures/amounts.ts';
import { isNothing } from '../figures/totals.ts';
import { Amount } from './amount.tsx';

interface Props {
  readonly columns: readonly Column[];
  readonly stepSeconds: number;
}

/** The numbers of the chart as a table. */
export function UsageNumbers({ columns, stepSeconds }: Props) {
  const used = columns.filter(({ total }) => !isNothing(total));
  if (used.length === 0) return null;
  return (
    <details class="numbers">
      <summary>Show the numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{stepSeconds === 86_400 ? 'Day' : 'Time'} (UTC)</th>
            <th scope="col" class="number">
              Requests
            </th>
            <th scope="col" class="number wide">
              Input tokens
            </th>
            <th scope="col" class="number wide">
              Output tokens
            </th>
            <th scope="col" class="number">
              Credits
            </th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ startSeconds, total }) => (
            <tr key={startSeconds}>
              <th scope="row">{formatStepOrDay(startSeconds, stepSeconds)}</th>
              <td class="number">{formatCount(total.requests)}</td>
              <td class="number wide">{formatCount(total.inputTokens)}</td>
              <td class="number wide">{formatCount(total.outputTokens)}</td>
              <td class="number" data-micro={total.costMicro}>
                <Amount micro={total.costMicro} isAligned />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
