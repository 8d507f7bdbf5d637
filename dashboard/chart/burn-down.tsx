import { scaleLinear } from 'd3-scale';
import { approximateCredits, formatRoundCredits, type Micro } from '../figures/amounts.ts';
import { type Day, daysBetween, firstOfMonth, firstOfNextMonth, formatDay } from '../figures/calendar.ts';
import type { Balance, Outlook } from '../figures/trend.ts';

interface Props {
  /** The day before the month's first stands for the grant. */
  readonly balances: readonly Balance[];
  readonly totalMicro: Micro;
  readonly today: Day;
  readonly outlook: Outlook;
}

const WIDTH = 320;
const HEIGHT = 72;

/** The balance over this month, and dashed where it is going. */
export function BurnDown({ balances, totalMicro, today, outlook }: Props) {
  const first = firstOfMonth(today);
  const monthDays = daysBetween(first, firstOfNextMonth(today));
  const highest = Math.max(1, ...[totalMicro, ...balances.map((one) => one.remainingMicro)].map(approximateCredits));
  const x = scaleLinear().domain([0, monthDays]).range([0, WIDTH]);
  const y = scaleLinear()
    .domain([0, highest])
    .range([HEIGHT - 1, 1])
    .clamp(true);
  const points = balances.map(({ day, remainingMicro }) => ({
    x: x(daysBetween(first, day) + 1),
    y: y(approximateCredits(remainingMicro)),
  }));
  const line = points
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`)
    .join('');
  const last = points.at(-1) ?? { x: 0, y: HEIGHT };
  const end = projectedEnd(outlook);
  return (
    <svg
      class="burn-down"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={spoken()}
    >
      <path class="baseline" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
      <path class="area" d={`${line}V${HEIGHT}H0Z`} />
      <path class="line" d={line} />
      {end !== undefined && <path class="projection" d={`M${last.x} ${last.y}L${end.x} ${end.y}`} />}
    </svg>
  );

  function projectedEnd(to: Outlook) {
    if (to.kind === 'lasts') return { x: WIDTH, y: y(approximateCredits(to.leftAtResetMicro)) };
    if (to.kind === 'runs_out') return { x: x(daysBetween(first, to.day) + 1), y: y(0) };
    return undefined;
  }

  function spoken(): string {
    const now = balances.at(-1)?.remainingMicro ?? 0n;
    return `Balance this month: from ${formatRoundCredits(totalMicro)} credits on ${formatDay(first)} to ${formatRoundCredits(now)} now.`;
  }
}
