/** A question and its answer, over a channel that only carries messages: each question has a number. */
export interface Questions<Question, Answer> {
  /** Waits for as long as nobody answers. */
  ask(question: Question): Promise<Answer>;
  /** What came back; an answer that nobody waits for is dropped. */
  answered(id: number, answer: Answer): void;
}

export function createQuestions<Question, Answer>(
  send: (id: number, question: Question) => void,
): Questions<Question, Answer> {
  const open = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  return {
    ask(question) {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      lastId += 1;
      open.set(lastId, resolve);
      send(lastId, question);
      return promise;
    },
    answered(id, answer) {
      open.get(id)?.(answer);
      open.delete(id);
    },
  };
}
