import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import type { MeteringStore } from '../../../server/ledger/port.ts';
import { createPriceSource } from '../../../server/proxy/index.ts';
import type { Store } from '../../../server/store.ts';
import { startTestProxy, type TestProxy, type TestProxyOptions } from '../../harness/proxy.ts';
import { brokenStores } from './broken/stores.ts';
import type { Build, Swap } from './build.ts';

/** What a property is tried on. All that it opens is closed, and its books are checked, when the scenario is over. */
export interface Bench {
  readonly build: Build;
  /** A proxy of this build on sockets, with a stub in the providers' places. */
  open(options?: BenchOptions): Promise<PropertyProxy>;
  /** A module of this build, by its file from the root of the repository. */
  load<Module>(file: string): Promise<Module>;
  /** Something else to be closed at the end, last opened first. */
  onEnd(close: () => unknown): void;
}

export type Scenario = (bench: Bench) => Promise<void>;

export interface BenchOptions extends Omit<TestProxyOptions, 'makeProxy' | 'wrapStore'> {
  /** What happens to the store, below whatever the build puts before it. */
  readonly trouble?: (store: Store) => Store;
}

export interface PropertyProxy extends TestProxy {
  /** The store as the proxy has it. `store` is the engine behind it. */
  readonly metering: MeteringStore;
  readonly databasePath: string;
}

/** The sentence under which property 18 turns red, after whatever scenario. */
export const BOOKS_BALANCE = 'the ledger, less balance and open holds';

/** Runs a scenario on a build. Rejects with the assertion that does not hold. */
export async function runOn(build: Build, scenario: Scenario): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rigkit-properties-'));
  const proxies: TestProxy[] = [];
  const closers: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const swapped = swapIn(build.swaps ?? []);
  const bench: Bench = {
    build,
    async open({ trouble = (store) => store, ...options }: BenchOptions = {}) {
      const { meteringProxy } =
        await bench.load<typeof import('../../../server/proxy/index.ts')>('server/proxy/index.ts');
      const { databasePath = join(folder, `${proxies.length}.sqlite`), prices = createPriceSource() } = options;
      const metering = Promise.withResolvers<MeteringStore>();
      const opened = await startTestProxy({
        ...options,
        databasePath,
        prices: build.prices?.(prices) ?? prices,
        makeProxy: meteringProxy,
        wrapStore(store) {
          const breakage = build.store && brokenStores[build.store];
          const wrapped = breakage?.breakStore(trouble(store), databasePath) ?? trouble(store);
          metering.resolve(wrapped);
          return wrapped;
        },
      });
      proxies.push(opened);
      closers.push(opened.close);
      return { ...opened, metering: await metering.promise, databasePath };
    },
    load: (file) => import(/* @vite-ignore */ resolveFile(file)),
    onEnd: (close) => closers.push(close),
  };
  try {
    await scenario(bench);
    for (const { store } of proxies) await expectBalancedBooks(store);
    swapped.requireUse();
  } finally {
    for (const close of closers.reverse()) await close();
    swapped.undo();
  }
}

/** Property 18: of every account, the sum of the ledger is what remains and what open holds reserve. */
export async function expectBalancedBooks(store: Pick<Store, 'books'>): Promise<void> {
  for (const { ledgerMicro, remainingMicro, openHoldsMicro } of await store.books()) {
    expect(ledgerMicro - remainingMicro - openHoldsMicro, BOOKS_BALANCE).toBe(0n);
  }
}

/** From here on, imports get the replaced files. */
function swapIn(swaps: readonly Swap[]) {
  const unused = new Set(swaps.map(({ file }) => file));
  for (const { file, change } of swaps) {
    vi.doMock(resolveFile(file), async (importReal) => {
      unused.delete(file);
      const real = await importReal<object>();
      return { ...real, ...change(real) };
    });
  }
  if (swaps.length > 0) vi.resetModules();
  return {
    requireUse() {
      if (unused.size > 0) throw new Error(`nothing imports ${[...unused].join(', ')}: swapping it breaks nothing`);
    },
    undo() {
      for (const { file } of swaps) vi.doUnmock(resolveFile(file));
      if (swaps.length > 0) vi.resetModules();
    },
  };
}

function resolveFile(file: string): string {
  return fileURLToPath(new URL(`../../../${file}`, import.meta.url));
}
