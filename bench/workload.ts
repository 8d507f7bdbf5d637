/** Request and response: a chat call of 2 KB, and a response of half a kilobyte or of fifty events. */
const QUESTION_BYTES = 2_048;
const EVENTS = 50;
const usage = { prompt_tokens: 420, completion_tokens: EVENTS, total_tokens: 420 + EVENTS };
const about = { id: 'chatcmpl-bench', created: 1_767_225_600, model: 'gpt-4o-mini-2024-07-18' };

/** `slow`: a buffered answer that the provider takes its time for. */
export type Shape = 'buffered' | 'streamed' | 'slow';

/** What is asked, and how a whole answer to it is told from one that was cut off. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Buffer;
  readonly endMark: string;
}

/** What a dashboard asks of the control plane every few seconds. */
export const CREDITS = {
  method: 'GET',
  path: '/api/v1/users/me/credits',
  endMark: '"remaining_micro":',
} as const satisfies Question;

const END_OF_ANSWER = '"total_tokens":';
const END_MARK: Readonly<Record<Shape, string>> = {
  buffered: END_OF_ANSWER,
  streamed: 'data: [DONE]\n\n',
  slow: END_OF_ANSWER,
};

/** The caller asks for the usage of a stream, so that every participant passes the same events on. */
export function questionFor(shape: Shape): Question {
  const streaming = shape === 'streamed' ? { stream: true, stream_options: { include_usage: true } } : {};
  const waiting = shape === 'slow' ? { user: SLOW } : {};
  const body = (content: string) =>
    JSON.stringify({ model: 'gpt-4o-mini', ...streaming, ...waiting, messages: [{ role: 'user', content }] });
  const text = body('lorem ipsum '.repeat(200).slice(0, QUESTION_BYTES - body('').length));
  return { method: 'POST', path: '/v1/chat/completions', body: Buffer.from(text), endMark: END_MARK[shape] };
}

/** How the stub recognises the question of a stream, and one to be slow at, without parsing it. */
export const STREAM_MARK = Buffer.from('"stream":true');
const SLOW = 'in-no-hurry';
export const SLOW_MARK = Buffer.from(`"user":"${SLOW}"`);
export const SLOW_MS = 50;

export const ANSWER = Buffer.from(
  JSON.stringify({
    ...about,
    object: 'chat.completion',
    choices: [
      { index: 0, message: { role: 'assistant', content: 'dolor sit amet '.repeat(14) }, finish_reason: 'stop' },
    ],
    usage,
  }),
);

export const ANSWER_EVENTS: readonly Buffer[] = [
  ...Array.from({ length: EVENTS }, (_, index) => chunk([{ index: 0, delta: { content: `word${index} ` } }], null)),
  chunk([], usage),
  Buffer.from('data: [DONE]\n\n'),
];

function chunk(choices: readonly object[], shown: typeof usage | null): Buffer {
  const event = { ...about, object: 'chat.completion.chunk', choices, usage: shown };
  return Buffer.from(`data: ${JSON.stringify(event)}\n\n`);
}
