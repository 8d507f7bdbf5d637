import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ControlPlaneClient, controlPlane } from '../../client/index.ts';
import { type DividedSeries, workspacesToTellApart } from '../chart/columns.ts';
import { type Day, toDay } from '../figures/calendar.ts';
import { readSeries, type Series, type Usage, type Workspace } from './facts.ts';
import { type Outcome, settleCall } from './outcome.ts';

export type Range = controlPlane.AiUsageMetricsRange;

/** Usage over time by range, for the account and its workspaces. */
export interface Timelines {
  /** Undefined until it was read: hours of a week always are, others once they were wanted. */
  of(range: Range): DividedSeries | undefined;
  /** Has a range read from now on. Answers when it was read once. */
  want(range: Range): Promise<void>;
  /** Reads every wanted range again. */
  read(): Promise<Outcome<unknown>>;
  /** The day of the newest step: the platform's today. */
  readonly today: ReadonlySignal<Day | undefined>;
}

export function createTimelines(
  client: ControlPlaneClient,
  usage: ReadonlySignal<Usage | undefined>,
  workspaces: ReadonlySignal<readonly Workspace[] | undefined>,
): Timelines {
  const known = signal<ReadonlyMap<Range, DividedSeries>>(new Map());
  const wanted = new Set<Range>(['7d']);

  async function read(range: Range): Promise<Outcome<unknown>> {
    const living = workspaces.peek()?.map(({ id }) => id) ?? [];
    const ids = workspacesToTellApart(usage.peek()?.workspaces ?? [], living);
    const query = { range };
    const [account, ...divided] = await Promise.all([
      settleCall(client.GET('/users/me/ai-usage/metrics', { params: { query } }), readSeries),
      ...ids.map((id) =>
        settleCall(client.GET('/workspaces/{id}/ai-usage/metrics', { params: { path: { id }, query } }), readSeries),
      ),
    ]);
    if (account.kind !== 'ok') return account;
    const parts = divided.flatMap((outcome, index): [string, Series][] => {
      const id = ids[index];
      return outcome.kind === 'ok' && id !== undefined ? [[id, outcome.value]] : [];
    });
    known.value = new Map(known.value).set(range, { account: account.value, workspaces: new Map(parts) });
    return divided.find(({ kind }) => kind !== 'ok' && kind !== 'refused') ?? account;
  }

  return {
    of: (range) => known.value.get(range),
    async want(range) {
      wanted.add(range);
      if (!known.peek().has(range)) await read(range);
    },
    async read() {
      const outcomes = await Promise.all(Array.from(wanted, read));
      return outcomes.find(({ kind }) => kind !== 'ok') ?? { kind: 'ok', value: undefined };
    },
    today: computed(() => {
      const newest = known.value.get('7d')?.account.steps.at(-1);
      return newest === undefined ? undefined : toDay(newest.startSeconds);
    }),
  };
}
