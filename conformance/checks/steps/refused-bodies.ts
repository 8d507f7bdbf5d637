import type { Caller } from '../../http/caller.ts';
import { givenStatus, wantStatus } from '../../http/want.ts';

/** A value of every JSON type but string and null. */
export const NOT_STRINGS: readonly unknown[] = [1, true, ['openai'], { name: 'openai' }];

/** Texts that no name, key or model can be: blank, too long, with a control character. */
export const BAD_TEXTS: readonly string[] = ['', '   ', 'x'.repeat(513), 'line\nbreak', 'nul\u0000byte'];

/** Each body is answered 400. */
export async function wantRefused(caller: Caller, path: string, bodies: readonly unknown[]): Promise<void> {
  for (const body of bodies) wantStatus(await caller.put(path, body), 400);
}

/** Each body is answered 400, or nothing can be said about what a refusal does. */
export async function givenRefused(caller: Caller, path: string, bodies: readonly unknown[]): Promise<void> {
  for (const body of bodies) givenStatus(await caller.put(path, body), 400);
}
