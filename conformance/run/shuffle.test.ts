import { describe, expect, it } from 'vitest';
import { check } from '../checks/check.ts';
import { shuffled } from './select.ts';

const ids = Array.from({ length: 40 }, (_, at) => `TST-${at}`);
const checks = ids.map((id) => check(id, [], async () => {}));
const order = (seed: number, of = checks) => shuffled(of, seed).map(({ id }) => id);

describe('an order of chance', () => {
  it('has every check once', () => {
    expect(order(1).toSorted()).toEqual(ids.toSorted());
  });

  it('is the same for the same seed, whatever the order before, and another for another', () => {
    expect(order(1, checks.toReversed())).toEqual(order(1));
    expect(order(2)).not.toEqual(order(1));
    expect(order(1)).not.toEqual(ids);
  });

  it('stays as it is among some of the checks', () => {
    const some = checks.filter((_, at) => at % 3 === 0);
    const names = some.map(({ id }) => id);
    expect(order(7, some)).toEqual(order(7).filter((id) => names.includes(id)));
  });
});
