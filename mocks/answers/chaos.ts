import { seededChance } from '../scenarios/chance.ts';
import type { DocumentedOperation } from './documented.ts';

export interface ChaosOptions {
  /** How likely a request is answered with an error, from 0 to 1. */
  readonly likelihood: number;
  /** The same seed gives an operation's calls the same outcomes in the same order, whatever else is called. */
  readonly seed: number;
}

/** The status code of the error that strikes this call of the operation, if one does. */
export type Chaos = (operation: DocumentedOperation) => string | undefined;

/** What is wrong with the request itself cannot strike one that is right. */
const CALLERS_OWN_FAULTS: ReadonlySet<string> = new Set(['400', '405', '413', '415']);

export function createChaos({ likelihood, seed }: ChaosOptions): Chaos {
  const calls = new Map<string, number>();
  return ({ operationId, responses }) => {
    const nth = (calls.get(operationId) ?? 0) + 1;
    calls.set(operationId, nth);
    const chance = seededChance(seed ^ hashOf(`${operationId} ${nth}`));
    if (chance() >= likelihood) return undefined;
    const errors = [...responses.keys()].filter((code) => /^[45]\d\d$/.test(code) && !CALLERS_OWN_FAULTS.has(code));
    return errors[Math.floor(chance() * errors.length)];
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
