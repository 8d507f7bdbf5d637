/** What several rounds came to. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** Of at least one figure. */
export function measureSpread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { least: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, most: at(sorted.length - 1) };
}

/** `median (least..most)` */
export function showSpread({ least, median, most }: Spread, digits = 0): string {
  const [low, middle, high] = [least, median, most].map((value) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  return `${middle} (${low}..${high})`;
}

/** What a benchmark found: for each row and column, the figures of its rounds. A benchmark prints it, or keeps it as JSON. */
export interface Report {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

interface Column {
  /** With the unit. */
  readonly name: string;
  /** Decimals to show. Default 0. */
  readonly digits?: number;
}

interface Row {
  readonly name: string;
  /** By column, by round. None at all where the column says nothing about the row. */
  readonly figures: readonly (readonly number[])[];
}

/** Each round's figure over the one that `to` came to in the same round: what hit both hardly shows. */
export function ratios(own: readonly number[], to: readonly number[]): readonly number[] {
  return own.map((figure, round) => figure / (to[round] ?? Number.NaN));
}

/** A title, and a table of medians with their spread. */
export function showReport({ title, columns, rows }: Report): string {
  const head = ['median (least..most)', ...columns.map(({ name }) => name)];
  const cell = (figures: readonly number[], column: number) =>
    figures.length === 0 ? '' : showSpread(measureSpread(figures), columns[column]?.digits);
  return `${title}\n\n${table(
    head,
    rows.map(({ name, figures }) => [name, ...figures.map(cell)]),
  )}`;
}

/** A table for a terminal, that Markdown reads as one too. The first column is text, the others are figures. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
