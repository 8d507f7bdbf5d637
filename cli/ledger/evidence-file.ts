import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Evidence } from '../../server/ledger/rules/evidence.ts';
import { usdToMicro } from '../../server/money/prices.ts';
import { MAX_CALL_MICRO, MAX_CALL_TOKENS } from '../../server/money/usage.ts';
import { UsageError } from '../usage-error.ts';

export interface EvidenceFile {
  readonly evidence: readonly Evidence[];
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
}

/** Cells of a CSV file are text, and empty if there is no value. JSON may have numbers. */
const absent = z.literal(['', null]).transform(() => undefined);
const tokens = z.union([
  absent,
  z.int().nonnegative().max(MAX_CALL_TOKENS),
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((count) => count <= MAX_CALL_TOKENS),
]);
const usd = z.union([
  absent,
  z
    .union([z.string().trim(), z.number().transform(String)])
    .refine((text) => (usdToMicro(text) ?? MAX_CALL_MICRO + 1n) <= MAX_CALL_MICRO),
]);
const text = z.union([absent, z.string().trim().min(1)]);

const row = z.object({
  hold_id: text.optional(),
  request_id: text.optional(),
  cost_usd: usd.optional(),
  input_tokens: tokens.optional(),
  cached_input_tokens: tokens.optional(),
  cache_write_5m_tokens: tokens.optional(),
  cache_write_1h_tokens: tokens.optional(),
  output_tokens: tokens.optional(),
});

/**
 * Reads what a provider's export says about calls: a JSON array, JSON lines, or CSV with a header line. Every row names its
 * hold (`hold_id`, or `request_id`: they are the same) and says `cost_usd`, or `input_tokens` and `output_tokens`, or both.
 * Input includes cache reads (`cached_input_tokens`) and writes (`cache_write_5m_tokens`, `_1h_`). Other fields are ignored. Throws a UsageError that names the first error; then nothing of the file is used.
 */
export function readEvidenceFile(file: string): EvidenceFile {
  const bytes = readBytes(file);
  const evidence = parseEvidence(bytes.toString('utf8'));
  return { evidence, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export function parseEvidence(content: string): readonly Evidence[] {
  const evidence = readRows(content.replace(/^\uFEFF/, '')).map(([place, value]) => toEvidence(place, value));
  const places = new Map<string, number>();
  for (const [index, { holdId }] of evidence.entries()) {
    const earlier = places.get(holdId);
    if (earlier !== undefined) throw fileError(`rows ${earlier + 1} and ${index + 1} both name ${holdId}`);
    places.set(holdId, index);
  }
  if (evidence.length === 0) throw fileError('the file has no rows');
  return evidence;
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw fileError(`${file} cannot be read`);
  }
}

type Row = readonly [place: string, value: unknown];

function readRows(content: string): readonly Row[] {
  const start = content.trimStart()[0];
  if (start === '[') {
    const values = parseJson(content, 'the array');
    return (Array.isArray(values) ? values : []).map((value, index) => [`row ${index + 1}`, value]);
  }
  if (start === '{') {
    const lines = content
      .split('\n')
      .flatMap((line, index) => (line.trim() === '' ? [] : [[line, index + 1] as const]));
    return lines.map(([line, number]) => [`line ${number}`, parseJson(line, `line ${number}`)]);
  }
  return csvRows(content);
}

function csvRows(content: string): readonly Row[] {
  const parsed = parseCsv(content);
  if (parsed.kind === 'malformed') throw fileError(parsed.sentence);
  const [header = [], ...records] = parsed.records;
  const names = header.map((name) => name.trim().toLowerCase());
  return records.map((cells, index) => {
    const place = `row ${index + 1}`;
    if (cells.length !== names.length)
      throw fileError(`${place} has ${cells.length} cells, the header ${names.length}`);
    return [place, Object.fromEntries(names.map((name, column) => [name, cells[column]]))];
  });
}

type ParsedCsv =
  | { readonly kind: 'records'; readonly records: readonly (readonly string[])[] }
  | { readonly kind: 'malformed'; readonly sentence: string };

/** One cell, with what ends it. Quoted cells may contain commas, line ends and doubled quotes (RFC 4180). */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Reads comma-separated text; empty lines are left out. */
function parseCsv(text: string): ParsedCsv {
  const records: string[][] = [];
  let record: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || record.length > 0) {
    const match = CELL.exec(text);
    if (match === null) return { kind: 'malformed', sentence: `record ${records.length + 1} has a quote out of place` };
    const [, quoted, plain = '', end] = match;
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  return { kind: 'records', records };
}

function parseJson(json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw fileError(`${what} is not valid JSON`);
  }
}

function toEvidence(place: string, value: unknown): Evidence {
  const parsed = row.safeParse(value);
  if (!parsed.success)
    throw fileError(`${place}: ${parsed.error.issues[0]?.path.join('.') || 'the row'} cannot be read`);
  const {
    hold_id,
    request_id,
    cost_usd: costUsd,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
  } = parsed.data;
  const holdId = hold_id ?? request_id;
  if (holdId === undefined) throw fileError(`${place}: neither hold_id nor request_id`);
  if ((inputTokens === undefined) !== (outputTokens === undefined)) {
    throw fileError(`${place}: input_tokens and output_tokens come together`);
  }
  if (inputTokens === undefined || outputTokens === undefined) {
    if (costUsd === undefined) throw fileError(`${place}: neither cost_usd nor tokens`);
    return { holdId, costUsd, usage: undefined };
  }
  const usage = {
    inputTokens,
    outputTokens,
    cachedInputTokens: parsed.data.cached_input_tokens ?? 0,
    cacheWrite5mTokens: parsed.data.cache_write_5m_tokens ?? 0,
    cacheWrite1hTokens: parsed.data.cache_write_1h_tokens ?? 0,
  };
  if (usage.cachedInputTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens > inputTokens) {
    throw fileError(`${place}: more cached than input tokens; input_tokens includes them`);
  }
  return { holdId, costUsd, usage };
}

function fileError(sentence: string): UsageError {
  return new UsageError(`--evidence: ${sentence}`);
}
