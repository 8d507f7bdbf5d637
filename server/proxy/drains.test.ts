import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDrains } from './drains.ts';

describe('drains', () => {
  let cut: string[];
  const open = (bounds: Partial<Parameters<typeof createDrains>[0]> = {}) => {
    const drains = createDrains({ maxMs: 1_000, maxConcurrent: 4, maxPerAccount: 3, ...bounds });
    return {
      ...drains,
      enter: (name: string) => drains.enter(name.split('-')[0] ?? '', () => cut.push(name)),
    };
  };

  beforeEach(() => {
    cut = [];
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it('are cut when their time is over, and not when they ended before', () => {
    const drains = open();
    const leave = drains.enter('a-1');
    drains.enter('a-2');
    leave();
    vi.advanceTimersByTime(1_000);
    expect(cut).toEqual(['a-2']);
  });

  it('of one account are no more than its share, and a place that was left is free', () => {
    const drains = open();
    const [leave] = ['a-1', 'a-2', 'a-3'].map(drains.enter);
    drains.enter('a-4');
    expect(cut).toEqual(['a-4']);
    leave?.();
    drains.enter('a-5');
    expect(cut).toEqual(['a-4']);
  });

  it('give up a place of the account with the most, the last, when all are taken', () => {
    const drains = open();
    for (const name of ['b-1', 'a-1', 'a-2', 'a-3', 'c-1']) drains.enter(name);
    expect(cut).toEqual(['a-3']);
    drains.enter('b-2');
    expect(cut).toEqual(['a-3', 'b-2']);
  });

  it('take no place of an account that has as few', () => {
    const drains = open();
    for (const name of ['a-1', 'b-1', 'c-1', 'd-1', 'e-1', 'a-2']) drains.enter(name);
    expect(cut).toEqual(['e-1', 'a-2']);
  });

  it('free a place once, whatever ends them first', () => {
    const drains = open({ maxConcurrent: 1 });
    const leave = drains.enter('a-1');
    vi.advanceTimersByTime(1_000);
    leave();
    leave();
    drains.enter('b-1');
    drains.enter('c-1');
    expect(cut).toEqual(['a-1', 'c-1']);
  });

  it('are all cut at the stop, and so is every one to come', () => {
    const drains = open();
    for (const name of ['a-1', 'b-1']) drains.enter(name);
    drains.stop();
    drains.enter('c-1');
    expect(cut).toEqual(['a-1', 'b-1', 'c-1']);
  });
});
