import { isExact, type Kill } from './kill.ts';

/** The kill matrix for people: a line a requirement, with its broken platform and what else that platform breaks, and why. */
export function matrixTable(kills: readonly Kill[]): string {
  const width = Math.max(...kills.map(({ row }) => row.how.length));
  const rows = kills.toSorted((a, b) => a.row.breaks.localeCompare(b.row.breaks));
  return rows.map((kill) => [line(kill, width), ...reasons(kill)].join('\n')).join('\n');
}

function line(kill: Kill, width: number): string {
  const { row, held, found } = kill;
  const verdict = isExact(kill) ? 'killed' : `NOT AS EXPECTED: ${found.join(', ') || 'it survives'}`;
  return `${row.breaks}  ${row.how.padEnd(width)}  ${verdict} (${held} requirements checked)`;
}

function reasons({ row: { also = {}, hides = {} } }: Kill): readonly string[] {
  const listed = (word: string, rows: Readonly<Record<string, string>>) =>
    Object.entries(rows).map(([id, reason]) => `         ${word} ${id}: ${reason}`);
  return [...listed('and', also), ...listed('hides', hides)];
}
