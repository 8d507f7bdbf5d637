import { isAbsent, isObject, listOf } from './json.ts';

/**
 * Which of several answers to one request have come to their end. A stream that restates its usage on every chunk has not
 * told the last of it before all of them have: what the others still write is charged too.
 */
export interface EndsOfAnswers {
  /** Takes the choices or candidates of a chunk; true when one of them ends here. */
  read(answers: unknown): boolean;
  /** Whether as many have ended as were asked for: nothing that costs can follow. */
  isLast(): boolean;
  /** Whether all that were begun have ended: fewer may come than were asked for. */
  areAll(): boolean;
}

/** `reasonField` is where the API says why an answer ends; `asked` is how many the request asks for. */
export function createEndsOfAnswers(reasonField: string, asked: number): EndsOfAnswers {
  const begun = new Set<unknown>();
  const ended = new Set<unknown>();
  return {
    read(answers) {
      const ending = listOf(answers)
        .filter(isObject)
        .filter((answer) => {
          begun.add(answer.index ?? 0);
          return !isAbsent(answer[reasonField]);
        });
      for (const answer of ending) ended.add(answer.index ?? 0);
      return ending.length > 0;
    },
    isLast: () => ended.size >= asked,
    areAll: () => ended.size > 0 && ended.size === begun.size,
  };
}
