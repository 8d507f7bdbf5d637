import { scaleBand, scaleLinear } from 'd3-scale';
import { approximateCredits } from '../figures/amounts.ts';
import { type Measure, measured } from '../figures/totals.ts';
import type { Column, SegmentKey } from './columns.ts';

/** Lengths on the screen are numbers; the amounts they stand for stay integers elsewhere. */
export interface Bar {
  readonly key: SegmentKey;
  readonly y: number;
  readonly height: number;
}

export interface Tick {
  readonly value: number;
  readonly y: number;
}

export interface Plot {
  readonly bandWidth: number;
  readonly columns: readonly { readonly x: number; readonly center: number; readonly bars: readonly Bar[] }[];
  readonly ticks: readonly Tick[];
  /** Distance between the left edges of two columns: all of it reacts to the pointer. */
  readonly step: number;
}

export interface PlotArea {
  readonly width: number;
  readonly height: number;
}

/** So that a call of a few microcredits is still seen beside a day of thousands. */
const LEAST_HEIGHT = 2;
const TICKS = 4;

/** Lays the columns out from left to right, their segments stacked from the baseline up. */
export function plotColumns(columns: readonly Column[], measure: Measure, { width, height }: PlotArea): Plot {
  const value = (totals: Column['total']) => shown(measured(totals, measure), measure);
  const highest = Math.max(0, ...columns.map(({ total }) => value(total)));
  const x = scaleBand<number>()
    .domain(columns.map((_, index) => index))
    .range([0, width])
    .paddingInner(columns.length > 60 ? 0.15 : 0.3)
    .paddingOuter(0.15);
  const y = scaleLinear()
    .domain([0, highest === 0 ? 1 : highest])
    .nice(TICKS)
    .range([height, 0]);
  return {
    bandWidth: x.bandwidth(),
    step: x.step(),
    columns: columns.map((column, index) => {
      const left = x(index) ?? 0;
      return { x: left, center: left + x.bandwidth() / 2, bars: stack(column, value, y) };
    }),
    ticks: ticksFor(measure, highest, y).map((tick) => ({ value: tick, y: y(tick) })),
  };
}

/** Calls and tokens come whole: no line is drawn at half of one. */
function ticksFor(measure: Measure, highest: number, y: ReturnType<typeof scaleLinear>): number[] {
  if (highest === 0) return [0];
  return y.ticks(TICKS).filter((tick) => measure === 'credits' || Number.isInteger(tick));
}

function stack(column: Column, value: (totals: Column['total']) => number, y: (value: number) => number): Bar[] {
  let below = 0;
  const baseline = y(0);
  const bars: Bar[] = [];
  let top = baseline;
  for (const { key, totals } of column.segments) {
    const amount = value(totals);
    if (amount === 0) continue;
    below += amount;
    const height = Math.max(top - y(below), bars.length === 0 ? LEAST_HEIGHT : 0);
    top -= height;
    bars.push({ key, y: top, height });
  }
  return bars;
}

function shown(value: bigint, measure: Measure): number {
  return measure === 'credits' ? approximateCredits(value) : Number(value);
}

/** Every how many columns a label fits: the first label stands at the last column, which is now. */
export function labelEvery(count: number, width: number, labelWidth: number): number {
  const fitting = Math.max(1, Math.floor(width / labelWidth));
  return Math.max(1, Math.ceil(count / fitting));
}

/** The column under a distance from the plot's left edge; the nearest one beside the plot. */
export function columnAt({ columns, step }: Plot, x: number): number {
  const left = (columns[0]?.center ?? 0) - step / 2;
  return Math.max(0, Math.min(columns.length - 1, Math.floor((x - left) / step)));
}
