import { describe, expect, it } from 'vitest';
import { chargedMicro, type HoldEvent, type HoldState, heldMicro, judgeReconciliation, stepHold } from './holds.ts';

const states: readonly HoldState[] = ['held', 'uncertain', 'settled', 'released'];
const events: readonly HoldEvent[] = ['settle', 'release', 'mark_uncertain'];

describe('a hold', () => {
  it('moves along five arrows and replays everything else', () => {
    const moves = states.flatMap((state) =>
      events.flatMap((event) => {
        const step = stepHold(state, event);
        return step.kind === 'moved' ? [`${state} -${event}-> ${step.to}`] : [];
      }),
    );
    expect(moves).toEqual([
      'held -settle-> settled',
      'held -release-> released',
      'held -mark_uncertain-> uncertain',
      'uncertain -settle-> settled',
      'uncertain -release-> released',
    ]);
  });

  it('is for an operator to close only where it is uncertain', () => {
    expect(states.map(judgeReconciliation)).toEqual(['still_held', 'may_close', 'already_closed', 'already_closed']);
  });

  it('reserves and charges nothing in byok', () => {
    expect([heldMicro('byok', 5n), chargedMicro('byok', 5n)]).toEqual([0n, 0n]);
    expect([heldMicro('managed', 5n), chargedMicro('managed', 5n)]).toEqual([5n, 5n]);
  });

  it('is refused as a bug when its amount or cost is below zero', () => {
    expect(() => heldMicro('managed', -1n)).toThrow(RangeError);
    expect(() => chargedMicro('byok', -1n)).toThrow(RangeError);
  });
});
