import { describe, expect, it } from 'vitest';
import { traceIdOf } from './trace.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

describe('traceIdOf', () => {
  it.each([
    ['a sampled call', `00-${trace}-${parent}-01`],
    ['a call that is not sampled', `00-${trace}-${parent}-00`],
    ['a later version with more behind', `01-${trace}-${parent}-01-what-comes-next`],
  ])('finds the trace of %s', (_what, header) => {
    expect(traceIdOf(header)).toBe(trace);
  });

  it.each([
    ['no header', undefined],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${parent}-01`],
    ['a parent of zeros', `00-${trace}-${'0'.repeat(16)}-01`],
    ['the version that is none', `ff-${trace}-${parent}-01`],
    ['capitals', `00-${trace.toUpperCase()}-${parent}-01`],
    ['two headers', `00-${trace}-${parent}-01, 00-${trace}-${parent}-01`],
    ['a line that would forge the log', `00-${trace}-${parent}-01\n{"level":"error"}`],
    ['anything else', 'rb_not-a-trace'],
  ])('finds none in %s', (_what, header) => {
    expect(traceIdOf(header)).toBeUndefined();
  });
});
