import type { Operation } from '../../contract/operation.ts';
import { seededRandom } from './random.ts';

export interface ChaosOptions {
  /** How likely a request is answered with an error, from 0 to 1. */
  readonly likelihood: number;
  /** The same seed gives an operation's calls the same outcomes in the same order, whatever else is called. */
  readonly seed: number;
}

/** The status code of the error that this call of the operation gets, if it gets one. */
export type Chaos = (operation: Operation) => string | undefined;

/** Errors that say that the request is wrong: never the response to a request that is right. */
const CALLER_ERRORS: ReadonlySet<string> = new Set(['400', '405', '413', '415']);

export function createChaos({ likelihood, seed }: ChaosOptions): Chaos {
  const calls = new Map<string, number>();
  return ({ operationId, responses }) => {
    const nth = (calls.get(operationId) ?? 0) + 1;
    calls.set(operationId, nth);
    const random = seededRandom(seed ^ hash(`${operationId} ${nth}`));
    if (random() >= likelihood) return undefined;
    const errors = [...responses.keys()].filter((code) => /^[45]\d\d$/.test(code) && !CALLER_ERRORS.has(code));
    return errors[Math.floor(random() * errors.length)];
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
