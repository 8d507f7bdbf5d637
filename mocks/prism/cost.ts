import type { Example } from './engine.ts';
import { EVENT_STREAM } from './event-stream.ts';

/**
 * The example with cost headers that agree with its body. A declared header has one example for every body: on a
 * stream, whose cost is known at its end only, the headers are left out (contract section 4); on another body that
 * tells its cost they repeat it.
 */
export function costAsSpent(example: Example): Example {
  const { 'x-rigbox-cost-micro': micro, 'x-rigbox-cost-credits': _credits, ...headers } = example.headers;
  if (micro === undefined) return example;
  if (headers['content-type'] === EVENT_STREAM) return { ...example, headers };
  const usage = member(example.body, 'usage') ?? member(example.body, 'usageMetadata');
  const spentMicro = member(usage, 'cost_micro');
  if (typeof spentMicro !== 'number') return example;
  const spent = {
    'x-rigbox-cost-micro': String(spentMicro),
    'x-rigbox-cost-credits': String(member(usage, 'cost_credits') ?? spentMicro / 1_000_000),
  };
  return { ...example, headers: { ...headers, ...spent } };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
