import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

describe('turns', () => {
  it('go round the accounts, however much one of them has to do', async () => {
    const turns = createTurns(
      () => 0,
      () => 0,
    );
    const done: string[] = [];
    const work = (accountId: string, count: number) =>
      Array.from({ length: count }, () => turns.take(accountId, () => done.push(accountId)));
    await Promise.all([...work('a', 4), ...work('b', 2), ...work('c', 1)]);
    expect(done.join('')).toBe('abcabaa');
  });

  it('leave room for everything else between two pieces', async () => {
    const turns = createTurns(
      () => 0,
      () => 0,
    );
    const done: string[] = [];
    const pieces = Array.from({ length: 3 }, () => turns.take('a', () => done.push('piece')));
    for (let count = 0; count < 3; count += 1) {
      await setImmediate();
      done.push('else');
    }
    await Promise.all(pieces);
    expect(done.slice(0, 4)).toEqual(['piece', 'else', 'piece', 'else']);
  });

  it.each([
    ['felt by others', 20, 8],
    ['long', 120, 1],
    ['short', 4, 248],
  ])(
    'come later to an account that owes much for pieces that are %s, and at once to others',
    async (_how, ms, most) => {
      const clock = { wall: 0, cpu: 0 };
      const turns = createTurns(
        () => clock.wall,
        () => clock.cpu,
      );
      let done = 0;
      const work = () =>
        turns.take('busy', () => {
          clock.cpu += ms;
          done += 1;
        });
      const pieces = Array.from({ length: most + 1 }, work);
      await Promise.all(pieces.slice(0, most));
      for (let count = 0; count < 5; count += 1) await turns.take('other', () => {});
      expect(done).toBe(most);
      clock.wall = 60_000;
      await turns.take('other', () => {});
      await pieces[most];
      expect(done).toBe(most + 1);
    },
  );

  it('hand on what a piece throws, and go on', async () => {
    const turns = createTurns();
    const fails = turns.take('a', () => {
      throw new Error('no JSON');
    });
    await expect(fails).rejects.toThrow('no JSON');
    expect(await turns.take('a', () => 7)).toBe(7);
  });
});
