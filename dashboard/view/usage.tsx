import { useComputed, useSignal } from '@preact/signals';
import { type Column, dayColumns, hoursOnDay, OTHERS, stackedKeys, stepColumns, UNDIVIDED } from '../chart/columns.ts';
import { Legend, paintFor } from '../chart/legend.tsx';
import { UsageChart } from '../chart/usage-chart.tsx';
import type { Account } from '../data/account.ts';
import type { Usage } from '../data/facts.ts';
import type { Range } from '../data/timelines.ts';
import { type Day, formatLongDay, toDay } from '../figures/calendar.ts';
import { usageByDayCsv, usageByStepCsv } from '../figures/csv.ts';
import { type Measure, sum } from '../figures/totals.ts';
import { download } from './download.ts';
import { Back, Download } from './icons.tsx';
import { MeasureTiles } from './measure-tiles.tsx';
import { UsageNumbers } from './usage-numbers.tsx';

type Shown =
  | { readonly kind: 'days' }
  | { readonly kind: 'range'; readonly range: Range }
  | { readonly kind: 'day'; readonly day: Day };

const DAYS: Shown = { kind: 'days' };
const RANGES: readonly { readonly range: Range; readonly title: string }[] = [
  { range: '7d', title: '7 days' },
  { range: '24h', title: '24 hours' },
  { range: '6h', title: '6 hours' },
  { range: '1h', title: '1 hour' },
];

/** Usage over time: by day, by the steps of a range, or the hours of one day. */
export function UsageSection({ account }: { readonly account: Account }) {
  const shown = useSignal<Shown>(DAYS);
  const measure = useSignal<Measure>('credits');
  const names = useComputed(() => nameByKey(account));
  const usage = account.usage.value;
  if (usage === undefined) return <section class="card loading tall" aria-label="Usage" />;
  const { columns, stepSeconds } = shownColumns(account, usage, shown.value);
  const hours = hoursOfWeek(account);
  const toldApart = [...(account.timelines.of('7d')?.workspaces.keys() ?? [])];
  const paint = paintFor(toldApart);
  const showDay = (column: Column) => {
    shown.value = { kind: 'day', day: toDay(column.startSeconds) };
  };

  return (
    <section class="card usage" aria-labelledby="usage-title">
      <header class="section">
        <div>
          <h2 id="usage-title">Usage</h2>
          <p class="muted">{shownTitle(shown.value, usage)}, UTC</p>
        </div>
        <div class="controls">
          <Ranges account={account} usage={usage} shown={shown} />
          <button type="button" onClick={() => exportCsv(shown.value, columns, account)}>
            <Download /> Export CSV<span class="hidden"> of usage over time</span>
          </button>
        </div>
      </header>
      <MeasureTiles totals={sum(columns.map(({ total }) => total))} measure={measure} />
      {shown.value.kind === 'day' && (
        <button type="button" class="quiet back" onClick={() => (shown.value = DAYS)}>
          <Back /> All {usage.windowDays} days
        </button>
      )}
      <UsageChart
        columns={columns}
        measure={measure.value}
        stepSeconds={stepSeconds}
        names={names.value}
        paint={paint}
        {...(shown.value.kind === 'days' && {
          onOpen: showDay,
          canOpen: (column: Column) => hoursOnDay(hours, toDay(column.startSeconds)).length > 0,
        })}
        {...(shown.value.kind === 'day' && { onBack: () => (shown.value = DAYS) })}
      />
      <Legend keys={stackedKeys(columns, toldApart)} names={names.value} paint={paint} />
      <UsageNumbers columns={columns} stepSeconds={stepSeconds} />
    </section>
  );
}

const DAY_SECONDS = 86_400;

function shownColumns(
  account: Account,
  usage: Usage,
  shown: Shown,
): { columns: readonly Column[]; stepSeconds: number } {
  if (shown.kind === 'days') {
    return { columns: dayColumns(usage, account.today.value, account.timelines.of('7d')), stepSeconds: DAY_SECONDS };
  }
  if (shown.kind === 'day') return { columns: hoursOnDay(hoursOfWeek(account), shown.day), stepSeconds: 3600 };
  const timeline = account.timelines.of(shown.range);
  return {
    columns: timeline === undefined ? [] : stepColumns(timeline),
    stepSeconds: timeline?.account.stepSeconds ?? 3600,
  };
}

function hoursOfWeek(account: Account): readonly Column[] {
  const week = account.timelines.of('7d');
  return week === undefined ? [] : stepColumns(week);
}

interface RangesProps {
  readonly account: Account;
  readonly usage: Usage;
  readonly shown: { value: Shown };
}

function Ranges({ account, usage, shown }: RangesProps) {
  const show = (range: Range) => {
    void account.timelines.want(range);
    shown.value = { kind: 'range', range };
  };
  const isRange = (range: Range) => shown.value.kind === 'range' && shown.value.range === range;
  return (
    <fieldset class="segments">
      <legend class="hidden">Time range</legend>
      <button type="button" aria-pressed={shown.value.kind === 'days'} onClick={() => (shown.value = DAYS)}>
        {usage.windowDays} days
      </button>
      {RANGES.map(({ range, title }) => (
        <button type="button" key={range} aria-pressed={isRange(range)} onClick={() => show(range)}>
          {title}
        </button>
      ))}
    </fieldset>
  );
}

function shownTitle(shown: Shown, usage: Usage): string {
  if (shown.kind === 'days') return `Last ${usage.windowDays} days`;
  if (shown.kind === 'day') return formatLongDay(shown.day);
  return `Last ${RANGES.find(({ range }) => range === shown.range)?.title}`;
}

function nameByKey(account: Account): ReadonlyMap<string, string> {
  const used = account.usage.value?.workspaces ?? [];
  return new Map([
    ...used.map(({ id, name }) => [id, name] as const),
    [OTHERS, 'Other workspaces'],
    [UNDIVIDED, 'All workspaces'],
  ]);
}

function exportCsv(shown: Shown, columns: readonly Column[], { usage, today }: Account): void {
  if (shown.kind === 'days') {
    download(`usage-by-day-${today.value}.csv`, usageByDayCsv(usage.value?.days ?? []));
    return;
  }
  const steps = columns.map(({ startSeconds, total }) => ({ startSeconds, ...total }));
  const name = shown.kind === 'day' ? shown.day : `${shown.range}-${today.value}`;
  download(`usage-${name}.csv`, usageByStepCsv(steps));
}
