import { resources } from '../../generated/resources.ts';
import type { Caller } from '../http/caller.ts';
import type { HttpCall } from '../http/http-call.ts';
import type { Secrets } from '../http/secrets.ts';
import type { CheckSession, Phase } from '../http/session.ts';
import { type Callers, createCallers } from './callers.ts';
import { type ConcurrentRuns, createConcurrentRuns } from './concurrent-runs.ts';
import { type AccountName, accountNames, type Config } from './config.ts';
import { deleteOwned, listRunsLeftovers, runLabel } from './resources.ts';
import { createSpending, type Spending } from './spending.ts';
import { createStubReach, type StubControl, type StubReach } from './stub.ts';
import { createWorkspace, type Workspace, workspaceKey } from './workspaces.ts';

/** How requests are generated from the contract. */
export interface Fuzz {
  /** 0 to 4,294,967,295. */
  readonly seed: number;
  /** Requests for an operation with a body; one without has a quarter. */
  readonly cases: number;
}

/** What the checks of a run share. */
export interface RunState {
  readonly config: Config;
  readonly runId: string;
  readonly fuzz: Fuzz;
  readonly secrets: Secrets;
  readonly stub: StubControl | undefined;
  readonly stubReach: StubReach | undefined;
  readonly spending: Spending;
  readonly concurrentRuns: ConcurrentRuns;
  /** The run's workspace of an account; created by the first check that asks, deleted at the end of the run. */
  sharedWorkspace(account: AccountName, callers: Callers): Promise<Workspace>;
  /** Its key towards the proxy, asked for once. */
  sharedKey(account: AccountName, callers: Callers): Promise<string | undefined>;
  /** Which settings the shared workspace is known to have; asked again, it need not be put in order anew. */
  knownSettings(account: AccountName): Settings | undefined;
  /** It has them now, after this many calls of the check. */
  noteSettings(account: AccountName, settings: Settings, exchanged: number): void;
  /** Learns from what a check sent: what it may have spent, and which workspaces it may have changed. */
  observe(calls: readonly HttpCall[]): void;
  /** Gives up the shared workspace: it could not be put in order. */
  discard(account: AccountName): void;
  /** A name for the next thing that the run creates. */
  nextName(): string;
  /**
   * No other run is at work. The stub forgets earlier calls. From here on, everything on the platform with the name of the
   * run belongs to the run, and the clean-up deletes it.
   */
  begin(): Promise<void>;
  /** Undoes what the run created. */
  cleanUp(phase: Phase): Promise<readonly string[]>;
}

export interface RunStateOptions {
  readonly config: Config;
  readonly runId: string;
  readonly fuzz: Fuzz;
  readonly secrets: Secrets;
  readonly stub: StubControl | undefined;
  /** The session of what the run asks for itself, outside of its checks, and in which its own things are undone. */
  readonly session: CheckSession;
}

interface Shared {
  readonly workspace: Promise<Workspace>;
  key?: Promise<string | undefined>;
  /** Its path, as requests write it. */
  path?: string;
  settings?: Settings | undefined;
  /** How many calls of the check that put it in order do not count as changes of it. */
  inOrderAfter: number;
}

/** `inherited`: nothing is overridden; `managed`: the mode is. */
export type Settings = 'inherited' | 'managed';

/** A state in which nothing was created yet. */
export function createRunState(options: RunStateOptions): RunState {
  const { config, runId, fuzz, secrets, stub, session } = options;
  const own = createCallers(config, session, runId);
  const cleanUps = createCleanUp();
  const spending = createSpending(config, own);
  const shared = new Map<AccountName, Shared>();
  let names = 0;

  const nextName = () => runLabel(runId, ++names);

  async function create(account: AccountName, callers: Callers): Promise<Workspace> {
    // Created by the check that asks first, within its time; deleted by the run, within its own.
    const workspace = await createWorkspace(callers.lasting(account), nextName());
    const owned = { resource: resources.workspaces, id: workspace.id, label: workspace.name, parents: {} };
    cleanUps.add(`workspaces ${owned.id} (${owned.label})`, () => deleteOwned(own.account(account), owned));
    return workspace;
  }

  async function findEntry(account: AccountName, callers: Callers): Promise<Shared> {
    const existing = shared.get(account);
    if (existing !== undefined) return existing;
    const entry: Shared = { workspace: create(account, callers), inOrderAfter: 0 };
    shared.set(account, entry);
    // A failure is the asking check's, not a fact about the platform: the next check tries again.
    entry.workspace.then(
      ({ path }) => {
        entry.path = path();
      },
      () => shared.delete(account),
    );
    return entry;
  }

  return {
    config,
    runId,
    fuzz,
    secrets,
    stub,
    spending,
    concurrentRuns: createConcurrentRuns(own.account('funded'), runId),
    stubReach: stub === undefined ? undefined : createStubReach(stub, runId),
    nextName,
    knownSettings: (account) => shared.get(account)?.settings,
    noteSettings(account, settings, exchanged) {
      const entry = shared.get(account);
      if (entry !== undefined) Object.assign(entry, { settings, inOrderAfter: exchanged });
    },
    observe(calls) {
      spending.observe(calls);
      for (const entry of shared.values()) {
        const changes = calls.slice(entry.inOrderAfter).filter(({ request }) => request.method !== 'GET');
        const { path } = entry;
        if (path === undefined || changes.some(({ request }) => request.url.includes(path))) entry.settings = undefined;
        entry.inOrderAfter = 0;
      }
    },
    discard: (account) => shared.delete(account),
    sharedWorkspace: async (account, callers) => (await findEntry(account, callers)).workspace,
    async sharedKey(account, callers) {
      const entry = await findEntry(account, callers);
      entry.key ??= workspaceKey(callers.lasting(account), await entry.workspace);
      return entry.key;
    },
    async begin() {
      for (const account of accountNames.filter((name) => config.accounts[name]?.apiKey !== undefined)) {
        cleanUps.add(`what is named after the run, of accounts.${account}`, () =>
          deleteOwnedByRun(own.account(account), runId, cleanUps),
        );
      }
      await stub?.forget();
    },
    async cleanUp(phase) {
      session.enter(phase);
      await cleanUps.run(phase.signal);
      return cleanUps.leftBehind;
    },
  };
}

/** Deletes what an account has of a run, each thing by itself: one that stays must not keep the others. */
async function deleteOwnedByRun(caller: Caller, runId: string, cleanUps: CleanUp): Promise<void> {
  for (const owned of (await listRunsLeftovers(caller)).toReversed()) {
    if (owned.runId !== runId) continue;
    cleanUps.add(`${owned.resource.name} ${owned.id} (${owned.label})`, () => deleteOwned(caller, owned));
  }
}

/** What is to be undone, last first. Failures are noted for the report; they fail no requirement. */
export interface CleanUp {
  add(what: string, undo: () => Promise<unknown>): void;
  /** Undoes everything; what fails or is not done when `signal` aborts is named in `leftBehind`. */
  run(signal: AbortSignal): Promise<void>;
  readonly leftBehind: readonly string[];
}

/** An empty list of things to undo. */
export function createCleanUp(): CleanUp {
  const waiting: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];
  const leftBehind: string[] = [];

  async function run(signal: AbortSignal): Promise<void> {
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      if (signal.aborted) {
        leftBehind.push(`${entry.what}: no time left`);
        continue;
      }
      try {
        await entry.undo();
      } catch (error) {
        leftBehind.push(`${entry.what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  return { add: (what, undo) => waiting.push({ what, undo }), run, leftBehind };
}
