import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type ControlPlaneClient, type controlPlane, createControlPlaneClient } from '../../client/index.ts';
import { type Day, toDay } from '../figures/calendar.ts';
import type { Session } from '../session.ts';
import { type Credits, readCredits, readUsage, readWorkspaces, type Usage, type Workspace } from './facts.ts';
import { type Failure, type Outcome, settleCall } from './outcome.ts';
import { browserSurroundings, type PollerSurroundings, startPoller } from './poll.ts';
import { createTimelines, type Timelines } from './timelines.ts';

/** How often the balance is read: 20 of the 120 requests a minute that the contract allows. */
const BALANCE_PACE = { everyMs: 3_000, slowestMs: 60_000 };
/** Usage is read again when the balance changes, and at the latest after this time: calls with own keys change no balance. */
const USAGE_AT_LATEST_MS = 30_000;
/** Usage costs a request for every workspace: it is not read more often than this. */
const USAGE_AT_EARLIEST_MS = 5_000;

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly updatedAtMs: number }
  | { readonly kind: 'failing'; readonly failure: Failure; readonly retryAtMs: number };

/** All that the page knows about the account. Undefined: not read yet. */
export interface Account {
  readonly client: ControlPlaneClient;
  readonly credits: ReadonlySignal<Credits | undefined>;
  readonly usage: ReadonlySignal<Usage | undefined>;
  readonly workspaces: ReadonlySignal<readonly Workspace[] | undefined>;
  readonly limits: ReadonlySignal<controlPlane.GetUserLimitsResponse | undefined>;
  readonly defaults: ReadonlySignal<controlPlane.GetAiDefaultsResponse | undefined>;
  /** By workspace; only of workspaces that use their own key, because only theirs can be bad. */
  readonly statuses: ReadonlySignal<ReadonlyMap<string, controlPlane.WorkspaceAiConfigStatus>>;
  readonly connection: ReadonlySignal<Connection>;
  readonly timelines: Timelines;
  /** The day by the platform's clock. A wrong clock on this machine does not change it. */
  readonly today: ReadonlySignal<Day>;
  /** Reads everything again. */
  refresh(): void;
  /** Ends polling. */
  leave(): void;
}

/** What is read, as it changes. */
function createFacts() {
  return {
    credits: signal<Credits>(),
    usage: signal<Usage>(),
    workspaces: signal<readonly Workspace[]>(),
    limits: signal<controlPlane.GetUserLimitsResponse>(),
    defaults: signal<controlPlane.GetAiDefaultsResponse>(),
    statuses: signal<ReadonlyMap<string, controlPlane.WorkspaceAiConfigStatus>>(new Map()),
  };
}

type Facts = ReturnType<typeof createFacts>;

/** Opens an account and keeps it up to date until `leave`. Calls `onUnauthorized` when the platform refuses the key. */
export function openAccount(
  session: Session,
  onUnauthorized: () => void,
  surroundings: PollerSurroundings = browserSurroundings,
): Account {
  const client = createControlPlaneClient(session);
  const facts = createFacts();
  const connection = signal<Connection>({ kind: 'connecting' });
  const timelines = createTimelines(client, facts.usage, facts.workspaces);
  let usageReadAtMs = Number.NEGATIVE_INFINITY;
  let usageIsStale = true;

  async function turn(): Promise<Outcome<unknown>> {
    const before = facts.credits.peek();
    const outcome = await into(facts.credits, settleCall(client.GET('/users/me/credits'), readCredits));
    if (outcome.kind !== 'ok') return outcome;
    if (before?.remainingMicro !== outcome.value.remainingMicro) usageIsStale = true;
    const ageMs = Date.now() - usageReadAtMs;
    const isDue = usageIsStale ? ageMs >= USAGE_AT_EARLIEST_MS : ageMs >= USAGE_AT_LATEST_MS;
    if (!isDue) return outcome;
    usageReadAtMs = Date.now();
    usageIsStale = false;
    const read = await readFacts(client, facts);
    if (read.kind === 'ok') return firstFailure(await Promise.all([timelines.read(), readStatuses(client, facts)]));
    usageReadAtMs = Number.NEGATIVE_INFINITY;
    return read;
  }

  const poller = startPoller(turn, BALANCE_PACE, surroundings, (outcome, waitMs) => {
    const nowMs = Date.now();
    if (outcome.kind === 'unauthorized') return onUnauthorized();
    connection.value =
      outcome.kind === 'ok'
        ? { kind: 'live', updatedAtMs: nowMs }
        : { kind: 'failing', failure: outcome, retryAtMs: nowMs + waitMs };
  });

  return {
    client,
    ...facts,
    connection,
    timelines,
    today: computed(() => timelines.today.value ?? toDay(Date.now() / 1000)),
    refresh() {
      usageReadAtMs = Number.NEGATIVE_INFINITY;
      poller.nudge();
    },
    leave: () => poller.stop(),
  };
}

async function readFacts(client: ControlPlaneClient, facts: Facts): Promise<Outcome<unknown>> {
  return firstFailure(
    await Promise.all([
      into(facts.usage, settleCall(client.GET('/users/me/ai-usage'), readUsage)),
      into(facts.workspaces, settleCall(client.GET('/workspaces'), readWorkspaces)),
      into(facts.limits, settleCall(client.GET('/users/me/limits'), asIs)),
      into(facts.defaults, settleCall(client.GET('/users/me/ai-defaults'), asIs)),
    ]),
  );
}

async function readStatuses(client: ControlPlaneClient, facts: Facts): Promise<Outcome<unknown>> {
  const { workspaces, defaults, statuses } = facts;
  const byok = (workspaces.peek() ?? []).filter(({ mode }) => (mode ?? defaults.peek()?.default_mode) === 'byok');
  const read = await Promise.all(
    byok.map(async ({ id }) => {
      const call = client.GET('/workspaces/{id}/ai-config', { params: { path: { id } } });
      return { id, outcome: await settleCall(call, ({ status }) => status) };
    }),
  );
  statuses.value = new Map(read.flatMap(({ id, outcome }) => (outcome.kind === 'ok' ? [[id, outcome.value]] : [])));
  return { kind: 'ok', value: undefined };
}

const asIs = <Body>(body: Body) => body;

/** Puts what was read where the page looks. After a failure the last good value stays. */
async function into<Value>(target: Signal<Value | undefined>, asked: Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  const outcome = await asked;
  if (outcome.kind === 'ok') target.value = outcome.value;
  return outcome;
}

function firstFailure(outcomes: readonly Outcome<unknown>[]): Outcome<unknown> {
  return outcomes.find(({ kind }) => kind !== 'ok') ?? { kind: 'ok', value: undefined };
}
