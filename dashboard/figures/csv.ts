import { plainCredits } from './amounts.ts';
import type { Totals } from './totals.ts';

/** Spreadsheets take a file without it for one in the encoding of their country. */
const BYTE_ORDER_MARK = '\uFEFF';

const TOTALS = ['requests', 'input_tokens', 'output_tokens', 'credits_micro', 'credits'] as const;

export function usageByDayCsv(days: readonly (Totals & { readonly day: string })[]): string {
  return csv([['day_utc', ...TOTALS], ...days.map((row) => [row.day, ...cells(row)])]);
}

export function usageByStepCsv(steps: readonly (Totals & { readonly startSeconds: number })[]): string {
  const start = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return csv([['start_utc', ...TOTALS], ...steps.map((row) => [start(row.startSeconds), ...cells(row)])]);
}

export function usageByWorkspaceCsv(
  workspaces: readonly (Totals & { readonly id: string; readonly name: string })[],
): string {
  return csv([
    ['workspace_id', 'workspace_name', ...TOTALS],
    ...workspaces.map((row) => [row.id, row.name, ...cells(row)]),
  ]);
}

function cells(totals: Totals): string[] {
  const { requests, inputTokens, outputTokens, costMicro } = totals;
  return [requests, inputTokens, outputTokens, costMicro, plainCredits(costMicro)].map(String);
}

/** RFC 4180: lines end with CRLF, and a quote within quotes is doubled. */
function csv(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string): string {
  const text = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A name that a spreadsheet would run as a formula gets an apostrophe and stays text: users choose names. */
function isFormula(value: string): boolean {
  return /^[=+\-@\t\r]/.test(value);
}
