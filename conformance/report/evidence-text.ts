import type { Evidence, Result } from './report.ts';

/** One line: what the verdict rests on. */
export function verdictLine(result: Result): string {
  if (result.verdict === 'fail') return `expected ${result.expected ?? ''}, got ${result.actual ?? ''}`;
  return result.reason ?? result.verdict;
}

/** All there is to say about a result: sentence, expected against actual, the exchange, how to see it again. */
export function evidenceText(result: Result): string {
  return [
    `${result.id} (${result.level}, ${result.operation})`,
    result.sentence,
    '',
    ...(result.verdict === 'fail'
      ? [`expected: ${result.expected ?? ''}`, `actual:   ${result.actual ?? ''}`]
      : [`${result.verdict}: ${result.reason ?? ''}`]),
    ...(result.evidence === null
      ? []
      : ['', ...exchangeLines(result.evidence), '', `replay:   ${result.evidence.curl}`]),
    `again:    ${result.rerun}`,
  ].join('\n');
}

function exchangeLines({ request, response }: Evidence): readonly string[] {
  return [
    `> ${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `> ${name}: ${value}`),
    ...quoted('>', request.body ?? ''),
    ...(response === null
      ? ['< (no answer)']
      : [
          `< ${response.status} after ${response.durationMs} ms`,
          ...response.headers.map(([name, value]) => `< ${name}: ${value}`),
          ...quoted('<', response.body),
        ]),
  ];
}

function quoted(mark: string, body: string): readonly string[] {
  if (body === '') return [];
  return [mark, ...body.split('\n').map((line) => `${mark} ${line}`)];
}
