import { z } from 'zod';
import type { Caller } from '../../http/caller.ts';
import { givenShape } from '../../http/want.ts';

/** The exact balance of an account, in microcredits. */
export async function givenBalance(caller: Caller): Promise<bigint> {
  const body = z.object({ remaining_micro: z.int() });
  return BigInt(givenShape(await caller.get('/users/me/credits'), body).remaining_micro);
}

/** What an account's balance fell by while `work` was done. */
export async function spentDuring<T>(caller: Caller, work: () => Promise<T>): Promise<{ result: T; spent: bigint }> {
  const before = await givenBalance(caller);
  const result = await work();
  return { result, spent: before - (await givenBalance(caller)) };
}
