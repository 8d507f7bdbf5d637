import type { Answer } from './answer.ts';
import { EVENT_STREAM } from './event-stream.ts';

/**
 * The answer with cost headers that agree with its body. A declared header has one example for every body: on a
 * stream, whose cost is known at its end only, the headers are left out (contract section 4); on another body that
 * tells its cost they repeat it.
 */
export function costAsSpent(answer: Answer): Answer {
  const { 'x-rigbox-cost-micro': micro, 'x-rigbox-cost-credits': _credits, ...headers } = answer.headers;
  if (micro === undefined) return answer;
  if (headers['content-type'] === EVENT_STREAM) return { ...answer, headers };
  const usage = member(answer.body, 'usage') ?? member(answer.body, 'usageMetadata');
  const spentMicro = member(usage, 'cost_micro');
  if (typeof spentMicro !== 'number') return answer;
  const spent = {
    'x-rigbox-cost-micro': String(spentMicro),
    'x-rigbox-cost-credits': String(member(usage, 'cost_credits') ?? spentMicro / 1_000_000),
  };
  return { ...answer, headers: { ...headers, ...spent } };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
