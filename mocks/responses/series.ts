/** A number at a time, as the metrics operations list them. */
interface Point {
  readonly t: number;
  readonly v: number;
}

/** Series of points at the same times, most of which are zero: the others are written down in rows, with their index. */
interface PackedSeries {
  readonly names: readonly string[];
  readonly from: number;
  readonly step: number;
  readonly count: number;
  /** Index of the time, then the value of each series. */
  readonly rows: readonly (readonly number[])[];
}

/** The body of a metrics operation with its `series` packed; every other body as it is. */
export function packSeries(body: object): object {
  const { series } = body as { series?: Readonly<Record<string, readonly Point[]>> };
  if (series === undefined) return body;
  const names = Object.keys(series);
  const [times = []] = Object.values(series);
  const from = times[0]?.t ?? 0;
  const step = (times[1]?.t ?? from) - from;
  const rows = times.map((_, index) => [index, ...names.map((name) => series[name]?.[index]?.v ?? 0)]);
  const packed = { names, from, step, count: times.length, rows: rows.filter(([, ...values]) => values.some(Boolean)) };
  return { ...body, series: packed };
}

/** The body that {@link packSeries} packed. */
export function unpackSeries(body: object): object {
  const { series } = body as { series?: PackedSeries };
  if (series === undefined) return body;
  const { names, from, step, count, rows } = series;
  const byIndex = new Map(rows.map(([index, ...values]) => [index, values]));
  const unpack = (column: number) =>
    Array.from({ length: count }, (_, index) => ({ t: from + index * step, v: byIndex.get(index)?.[column] ?? 0 }));
  return { ...body, series: Object.fromEntries(names.map((name, column) => [name, unpack(column)])) };
}
