import { admissionBreakages } from './admission.ts';
import type { StoreBreakage } from './break-store.ts';
import { settlementBreakages } from './settlement.ts';

const all = { ...admissionBreakages, ...settlementBreakages };

/** The name of a broken store: what other processes are told. */
export type BrokenStore = keyof typeof all;

/** Every store that is broken on purpose. */
export const brokenStores: Readonly<Record<BrokenStore, StoreBreakage>> = all;
