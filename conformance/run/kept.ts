import type { Exchange } from '../http/http-call.ts';
import type { Judgement } from './judge.ts';

/** More than any report shows. A platform that answers megabytes to each of many checks must not fill the memory. */
const KEPT_CHARACTERS = 65_536;

/** A judgement as it is kept until the end of the run: what the platform said is cut. */
export function kept(judgement: Judgement): Judgement {
  const { expected, actual, reason, evidence, ...rest } = judgement;
  return {
    ...rest,
    ...(expected !== undefined && { expected: cut(expected) }),
    ...(actual !== undefined && { actual: cut(actual) }),
    ...(reason !== undefined && { reason: cut(reason) }),
    ...(evidence !== undefined && { evidence: keptExchange(evidence) }),
  };
}

function keptExchange(exchange: Exchange): Exchange {
  const { answer } = exchange;
  return answer === undefined ? exchange : { ...exchange, answer: { ...answer, text: cut(answer.text) } };
}

/** A copy: a mere slice would keep the whole text alive. */
function cut(text: string): string {
  if (text.length <= KEPT_CHARACTERS) return text;
  return Buffer.from(text.slice(0, KEPT_CHARACTERS), 'utf16le').toString('utf16le');
}
