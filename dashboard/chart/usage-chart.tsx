import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isNothing, type Measure } from '../figures/totals.ts';
import type { Column, SegmentKey } from './columns.ts';
import { columnAt, labelEvery, type Plot, plotColumns } from './geometry.ts';
import { axisLabel, formatStepOrDay, spoken, tickLabel } from './labels.ts';
import type { Paint } from './legend.tsx';
import { Tooltip } from './tooltip.tsx';

interface Props {
  readonly columns: readonly Column[];
  readonly measure: Measure;
  readonly stepSeconds: number;
  readonly names: ReadonlyMap<SegmentKey, string>;
  readonly paint: Paint;
  /** Opens a column, by click or Enter. */
  onOpen?(column: Column): void;
  canOpen?(column: Column): boolean;
  /** Goes back, by Escape. */
  onBack?(): void;
}

const HEIGHT = 220;
const MARGIN = { top: 10, right: 14, bottom: 26, left: 46 } as const;
const LABEL_WIDTH = 62;

/**
 * Stacked columns over time. A range input lies over the drawing. It gives one tab stop, arrow keys and a text for screen
 * readers, and takes the pointer. The drawing itself is hidden from screen readers.
 */
export function UsageChart({ columns, measure, stepSeconds, names, paint, onOpen, canOpen, onBack }: Props) {
  const [frame, frameWidth] = useWidth<HTMLDivElement>();
  const [chosen, setChosen] = useState<number>();
  const [tapped, setTapped] = useState<number>();
  const width = Math.max(0, frameWidth - MARGIN.left - MARGIN.right);
  const plot = plotColumns(columns, measure, { width, height: HEIGHT - MARGIN.top - MARGIN.bottom });
  const last = columns.length - 1;
  const index = Math.min(chosen ?? last, last);
  const column = columns[index];
  const opens = column !== undefined && (canOpen?.(column) ?? false);

  function press(event: KeyboardEvent) {
    if (event.key === 'Enter' && opens) onOpen?.(column);
    else if (event.key === 'Escape') onBack === undefined ? setChosen(undefined) : onBack();
  }

  function touch(event: PointerEvent) {
    event.preventDefault();
    const touched = columnAt(plot, event.offsetX);
    // A finger chooses with its first tap and opens with its second. A mouse has chosen before it clicks.
    setTapped(event.pointerType === 'mouse' || touched === chosen ? touched : undefined);
    setChosen(touched);
  }

  return (
    <div class="chart" ref={frame}>
      {frameWidth > 0 && column !== undefined && (
        <>
          <Drawing {...{ columns, plot, width, frameWidth, chosen, measure, stepSeconds, paint }} />
          <input
            type="range"
            class={opens ? 'opens' : ''}
            style={{ left: `${MARGIN.left}px`, width: `${width}px` }}
            {...{ min: 0, max: last, value: index }}
            aria-label={`Chart of ${measure}${onOpen === undefined ? '' : ', Enter shows the hours of a day'}`}
            aria-valuetext={`${formatStepOrDay(column.startSeconds, stepSeconds)}: ${spoken(column.total, measure)}`}
            onFocus={() => setChosen(index)}
            onBlur={() => setChosen(undefined)}
            onInput={({ currentTarget }) => setChosen(Number(currentTarget.value))}
            onKeyDown={press}
            onPointerMove={({ offsetX }) => setChosen(columnAt(plot, offsetX))}
            onPointerLeave={() => setChosen(undefined)}
            onPointerDown={touch}
            onClick={() => tapped === index && opens && onOpen?.(column)}
          />
          {chosen !== undefined && (
            <Tooltip
              {...{ column, measure, stepSeconds, names, paint, frameWidth }}
              hint={opens ? 'Click or press Enter for its hours' : undefined}
              left={MARGIN.left + (plot.columns[index]?.center ?? 0)}
            />
          )}
        </>
      )}
      <Emptiness columns={columns} />
    </div>
  );
}

/** The width of an element, in whole CSS pixels, as it changes. */
function useWidth<Target extends HTMLElement>(): [RefObject<Target | null>, number] {
  const target = useRef<Target>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = target.current;
    if (element === null) return;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [target, width];
}

function Emptiness({ columns }: { readonly columns: readonly Column[] }) {
  if (columns.length === 0) return <p class="muted empty-chart">Loading</p>;
  if (columns.some(({ total }) => !isNothing(total))) return null;
  return (
    <p class="empty over-chart">
      <strong>Nothing used in this time</strong>
      An AI call appears here a few seconds after its response.
    </p>
  );
}

interface DrawingProps extends Pick<Props, 'columns' | 'measure' | 'stepSeconds' | 'paint'> {
  readonly plot: Plot;
  readonly width: number;
  readonly frameWidth: number;
  /** Index of the column that is chosen. */
  readonly chosen: number | undefined;
}

function Drawing({ columns, plot, width, frameWidth, chosen, measure, stepSeconds, paint }: DrawingProps) {
  return (
    <svg width={frameWidth} height={HEIGHT} aria-hidden="true">
      <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
        <Grid plot={plot} width={width} measure={measure} />
        {plot.columns.map(({ x, bars }, at) => (
          <g key={columns[at]?.startSeconds} class={at === chosen ? 'chosen' : ''}>
            <rect
              class="reach"
              x={x - (plot.step - plot.bandWidth) / 2}
              width={plot.step}
              height={HEIGHT - MARGIN.top - MARGIN.bottom}
            />
            {bars.map((bar) => (
              <rect key={bar.key} class={paint(bar.key)} x={x} y={bar.y} width={plot.bandWidth} height={bar.height} />
            ))}
          </g>
        ))}
        <Times columns={columns} plot={plot} stepSeconds={stepSeconds} width={width} />
      </g>
    </svg>
  );
}

interface GridProps {
  readonly plot: Plot;
  readonly width: number;
  readonly measure: Measure;
}

function Grid({ plot, width, measure }: GridProps) {
  return (
    <g class="axis">
      {plot.ticks.map(({ value, y }) => (
        <g key={value} transform={`translate(0 ${Math.round(y) + 0.5})`}>
          <path class={value === 0 ? 'baseline' : 'grid'} d={`M0 0H${width}`} />
          <text x={-8} y={4} text-anchor="end">
            {tickLabel(value, measure)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface TimesProps {
  readonly columns: readonly Column[];
  readonly plot: Plot;
  readonly stepSeconds: number;
  readonly width: number;
}

/** Counted from the newest column, which always has its label. */
function Times({ columns, plot, stepSeconds, width }: TimesProps) {
  const every = labelEvery(columns.length, width, LABEL_WIDTH);
  return (
    <g class="axis">
      {columns.map(({ startSeconds }, at) =>
        (columns.length - 1 - at) % every === 0 ? (
          <text key={startSeconds} x={plot.columns[at]?.center} y={HEIGHT - MARGIN.top - 8} text-anchor="middle">
            {axisLabel(startSeconds, stepSeconds, columns.length * stepSeconds)}
          </text>
        ) : null,
      )}
    </g>
  );
}
