import { describe, expect, it } from 'vitest';
import { join } from './join.ts';

const whole = Buffer.from('0123456789');

describe('buffers', () => {
  it.each([
    ['side by side', [whole.subarray(2, 4), whole.subarray(4, 5), whole.subarray(5, 9)], '2345678'],
    ['with a gap', [whole.subarray(0, 2), whole.subarray(3, 5)], '0134'],
    ['the other way round', [whole.subarray(5, 7), whole.subarray(3, 5)], '5634'],
    ['from elsewhere in between', [whole.subarray(0, 2), Buffer.from('x'), whole.subarray(2, 4)], '01x23'],
    ['that are empty', [whole.subarray(4, 4), whole.subarray(4, 6), Buffer.alloc(0)], '45'],
    ['that are none', [], ''],
  ])('%s are one', (_case, buffers, want) => {
    expect(join(buffers).toString()).toBe(want);
  });

  it('side by side are not copied', () => {
    const joined = join([whole.subarray(1, 3), whole.subarray(3, 6)]);
    expect([joined.buffer, joined.byteOffset]).toEqual([whole.buffer, whole.byteOffset + 1]);
  });
});
