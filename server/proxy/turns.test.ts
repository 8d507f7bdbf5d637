import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

describe('turns', () => {
  it('go round the accounts, however much one of them has to do', async () => {
    const turns = createTurns(() => 0);
    const done: string[] = [];
    const work = (accountId: string, count: number) =>
      Array.from({ length: count }, () => turns.take(accountId, () => done.push(accountId)));
    await Promise.all([...work('a', 4), ...work('b', 2), ...work('c', 1)]);
    expect(done.join('')).toBe('abcabaa');
  });

  it('leave room for everything else between two pieces', async () => {
    const turns = createTurns(() => 0);
    const done: string[] = [];
    const pieces = Array.from({ length: 3 }, () => turns.take('a', () => done.push('piece')));
    for (let count = 0; count < 3; count += 1) {
      await setImmediate();
      done.push('else');
    }
    await Promise.all(pieces);
    expect(done.slice(0, 4)).toEqual(['piece', 'else', 'piece', 'else']);
  });

  it('come later to an account whose last piece took long, and at once to others', async () => {
    let clock = 0;
    const turns = createTurns(() => clock);
    const done: string[] = [];
    const slow = [0, 1].map(() =>
      turns.take('slow', () => {
        clock += 20;
        done.push('slow');
      }),
    );
    await slow[0];
    for (let count = 0; count < 5; count += 1) await turns.take('quick', () => done.push('quick'));
    expect(done.join(' ')).toBe('slow quick quick quick quick quick');
    clock += 180;
    await turns.take('quick', () => done.push('quick'));
    await slow[1];
    expect(done.join(' ')).toMatch(/quick slow$|slow quick$/);
  });

  it('hand on what a piece throws, and go on', async () => {
    const turns = createTurns();
    const fails = turns.take('a', () => {
      throw new Error('no JSON');
    });
    await expect(fails).rejects.toThrow('no JSON');
    expect(await turns.take('a', () => 7)).toBe(7);
  });
});
