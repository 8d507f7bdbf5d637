export type ParsedCsv =
  | { readonly kind: 'records'; readonly records: readonly (readonly string[])[] }
  | { readonly kind: 'fault'; readonly sentence: string };

/** One cell, with what ends it. Quoted cells may contain commas, line ends and doubled quotes (RFC 4180). */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Reads comma-separated text; empty lines are left out. */
export function parseCsv(text: string): ParsedCsv {
  const records: string[][] = [];
  let record: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || record.length > 0) {
    const match = CELL.exec(text);
    if (match === null) return { kind: 'fault', sentence: `record ${records.length + 1} has a quote out of place` };
    const [, quoted, plain = '', end] = match;
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  }
  return { kind: 'records', records };
}
