import { type Scenario, scenarios } from './scenarios.ts';
import { type Driver, WAYS, type Way } from './sdks/driver.ts';
import { drivers } from './sdks/index.ts';

export interface Cell {
  readonly driver: Driver;
  readonly way: Way;
  readonly scenario: Scenario;
}

/** Every cell of the matrix, row by row. */
export const cells: readonly Cell[] = drivers.flatMap((driver) =>
  WAYS.flatMap((way) => scenarios.map((scenario) => ({ driver, way, scenario }))),
);

/** What was seen in a cell. */
export interface Sighting {
  /** What the account had less, in microcredits; undefined where it did not come to that. */
  readonly takenMicro: bigint | undefined;
  readonly isHeld: boolean;
  /** Whether everything was as it must be. */
  readonly isRight: boolean;
}

export interface Board {
  note(cell: Cell, sighting: Sighting): void;
  /** The cells that nothing is known about. */
  unseen(): readonly string[];
  render(): string;
}

/** Collects what was seen, and draws it. */
export function createBoard(): Board {
  const seen = new Map<Cell, Sighting>();
  const isKnown = (cell: Cell) => seen.has(cell) || typeof cell.driver.ask[cell.way] !== 'function';
  return {
    note: (cell, sighting) => void seen.set(cell, sighting),
    unseen: () =>
      cells
        .filter((cell) => !isKnown(cell))
        .map(({ driver, way, scenario }) => `${driver.name}, ${way}, ${scenario.name}`),
    render() {
      const head = ['', '', ...scenarios.map(({ name }) => name)];
      const rows = drivers.flatMap((driver) =>
        WAYS.map((way, place) => [
          place === 0 ? driver.name : '',
          way,
          ...cells
            .filter((cell) => cell.driver === driver && cell.way === way)
            .map((cell) => entry(cell, seen.get(cell))),
        ]),
      );
      const legend = [
        '✓ as it must be   ✗ not as it must be',
        'Microcredits that the call took of its account; "held": kept on hold, because nobody knows what it cost.',
      ];
      return `\n${[...align([head, ...rows]), '', ...legend].join('\n')}\n`;
    },
  };
}

function entry({ driver, way }: Cell, sighting: Sighting | undefined): string {
  const ask = driver.ask[way];
  if (typeof ask !== 'function') return `- ${ask.why}`;
  if (sighting === undefined) return '? not run';
  const mark = sighting.isRight ? '✓' : '✗';
  const amount = sighting.takenMicro === undefined ? '' : ` ${sighting.takenMicro}${sighting.isHeld ? ' held' : ''}`;
  return `${mark}${amount}`;
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
