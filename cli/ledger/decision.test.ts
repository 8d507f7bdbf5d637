import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { NO_USAGE } from '../../server/money/usage.ts';
import { UsageError } from '../usage-error.ts';
import { type ReconcileFlags, readInstruction } from './decision.ts';

const reason = 'asked the provider';

describe('the flags of a reconciliation', () => {
  it('settle a hold with its cost and tokens, in the name of the user', () => {
    const flags = { hold: 'req-1', settleMicro: '12', inputTokens: '3', reason: ` ${reason} ` };
    expect(readInstruction(flags)).toEqual({
      kind: 'decision',
      holdId: 'req-1',
      decision: { kind: 'settle', costMicro: 12n, usage: { ...NO_USAGE, inputTokens: 3 } },
      authority: { operator: userInfo().username, reason, evidenceSha256: null },
    });
  });

  it('release a hold in the name that is given', () => {
    const instruction = readInstruction({ hold: 'req-1', release: true, reason, operator: 'ann' });
    expect(instruction).toMatchObject({ decision: { kind: 'release' }, authority: { operator: 'ann' } });
  });

  const bad: readonly [string, ReconcileFlags, string][] = [
    ['nothing', {}, 'give one of'],
    ['both a cost and a release', { hold: 'a', settleMicro: '1', release: true, reason }, 'give one of'],
    ['both a cost and evidence', { settleMicro: '1', evidence: 'f', reason }, 'give one of'],
    ['no hold', { release: true, reason }, '--hold: missing'],
    ['a hold beside the evidence', { hold: 'a', evidence: 'f' }, '--hold: not with --evidence'],
    ['no reason', { hold: 'a', release: true }, '--reason'],
    ['a blank reason', { hold: 'a', release: true, reason: '  ' }, '--reason'],
    ['a reason of two lines', { hold: 'a', release: true, reason: 'a\nb' }, '--reason: expected one line'],
    ['a novel', { hold: 'a', release: true, reason: 'a'.repeat(501) }, '--reason: expected one line'],
    ['a nameless operator', { hold: 'a', release: true, reason, operator: '' }, '--operator'],
    ['a cost below zero', { hold: 'a', settleMicro: '-1', reason }, '--settle-micro: expected a whole number'],
    ['a fraction of a microcredit', { hold: 'a', settleMicro: '1.5', reason }, '--settle-micro'],
    ['tokens of a release', { hold: 'a', release: true, inputTokens: '1', reason }, 'go with --settle-micro'],
    ['no file', { evidence: '/nowhere/at/all' }, '--evidence: /nowhere/at/all cannot be read'],
  ];
  it.each(bad)('are refused with %s', (_, flags, words) => {
    expect(() => readInstruction(flags)).toThrow(UsageError);
    expect(() => readInstruction(flags)).toThrow(words);
  });
});
