import type { Evidence, Result } from './report.ts';
import { visible, visibleLine } from './visible.ts';

/** One line: what the verdict rests on. */
export function verdictLine(result: Result): string {
  if (result.verdict !== 'fail') return visibleLine(result.reason ?? result.verdict);
  return visibleLine(`expected ${result.expected ?? ''}, got ${result.actual ?? ''}`);
}

/** All there is to say about a result: sentence, expected against actual, the call, how to see it again. */
export function evidenceText(result: Result): string {
  return [
    `${result.id} (${result.level}, ${result.operation})`,
    result.sentence,
    '',
    ...(result.verdict === 'fail'
      ? [`expected: ${visibleLine(result.expected ?? '')}`, `actual:   ${visibleLine(result.actual ?? '')}`]
      : [`${result.verdict}: ${visibleLine(result.reason ?? '')}`]),
    ...(result.baselined === null ? [] : [`known:    ${knownLine(result.baselined)}`]),
    ...(result.evidence === null ? [] : ['', ...exchangeLines(result.evidence), '', replayLine(result.evidence)]),
    `again:    ${result.rerun}`,
  ].join('\n');
}

/** Why a failure is excused, and until when. */
export function knownLine({ reason, expires }: NonNullable<Result['baselined']>): string {
  return `${visibleLine(reason)} (until ${expires})`;
}

/** The request as it was sent. */
export function requestText({ request }: Evidence): string {
  const head = [`${request.method} ${request.url}`, ...request.headers.map(headerLine)].map(visibleLine);
  return visible([...head, ...(request.body ? ['', request.body] : [])].join('\n'));
}

/** The answer as it came. */
export function responseText(evidence: Evidence): string {
  const headers = responseHeaders(evidence);
  const body = responseBody(evidence);
  return [statusLine(evidence), ...(headers === '' ? [] : [headers]), ...(body === '' ? [] : ['', body])].join('\n');
}

export function statusLine({ response }: Evidence): string {
  return response === null ? '(no answer)' : `${response.status} after ${response.durationMs} ms`;
}

export function responseHeaders({ response }: Evidence): string {
  return (response?.headers ?? []).map((header) => visibleLine(headerLine(header))).join('\n');
}

export function responseBody({ response }: Evidence): string {
  return visible(response?.body ?? '');
}

function headerLine([name, value]: readonly [string, string]): string {
  return `${name}: ${value}`;
}

function exchangeLines(evidence: Evidence): readonly string[] {
  return [...quoted('>', requestText(evidence)), ...quoted('<', responseText(evidence))];
}

function quoted(mark: string, text: string): readonly string[] {
  return text.split('\n').map((line) => `${mark} ${line}`.trimEnd());
}

function replayLine({ curl }: Evidence): string {
  return `replay:   ${visible(curl)}`;
}
