import { type Answer, MOCK_HEADER } from './answer.ts';
import type { Chaos } from './chaos.ts';
import { type Choice, choose, type Situation } from './choose.ts';
import type { DocumentedOperation } from './documented.ts';

/** {@link choose}, but for the calls that chaos strikes: never one that names the answer it wants. */
export function decide(operation: DocumentedOperation, situation: Situation, chaos?: Chaos): Choice {
  const { code, example } = situation.preference;
  const struck = code === undefined && example === undefined ? chaos?.(operation) : undefined;
  if (struck === undefined) return choose(operation, situation);
  const choice = choose(operation, { ...situation, preference: { code: struck } });
  return choice.kind === 'answer' ? { ...choice, answer: marked(choice.answer) } : choice;
}

function marked(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, [MOCK_HEADER]: 'chaos' } };
}
