import { it } from 'vitest';
import { runOn, type Scenario } from './bench.ts';
import { type Build, REAL_BUILD } from './build.ts';

/** A build on which a property must not hold. */
export interface Counterexample {
  readonly build: Build;
  /** The beginning of the assertion that must turn red: a build that fails elsewhere proves something else. */
  readonly red: string;
}

/** What was seen to fail where. */
interface Proof {
  readonly property: number;
  readonly build: string;
  readonly red: string;
}

const proofs: Proof[] = [];
const numbers = new Set<number>();

/**
 * Registers the test of one property of the proxy: `holds` passes on the real build, and fails on every broken one, at the
 * assertion that the broken build was made for. Only then is it known that the test could have failed.
 */
export function prove(
  property: number,
  fact: string,
  { holds, broken }: { readonly holds: Scenario; readonly broken: readonly [Counterexample, ...Counterexample[]] },
): void {
  if (numbers.has(property)) throw new Error(`property ${property} is proved twice`);
  numbers.add(property);
  it(`${property}. ${fact}`, async () => {
    await runOn(REAL_BUILD, holds);
    for (const { build, red } of broken) {
      proofs.push({ property, build: build.name, red: await seenFailing(build, holds, red) });
    }
  });
}

/** The properties that are registered, ascending. */
export function provedNumbers(): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** What every broken build was found out by. */
export function proofTable(): string {
  const rows = [
    ['property', 'a build that ...', 'turned red at'],
    ...proofs.map(({ property, build, red }) => [String(property), build, red]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/**
 * What a scenario says when it fails on a broken build. Rejects where it does not fail, where it fails at something else than
 * `red`, and where the build does not run at all: none of these proves anything.
 */
export async function seenFailing(build: Build, scenario: Scenario, red: string): Promise<string> {
  let failure: unknown;
  try {
    await runOn(build, scenario);
  } catch (error) {
    failure = error;
  }
  if (failure === undefined) throw new Error(`the test could not fail: it passes on a build that ${build.name}`);
  const assertion = findAssertion(failure);
  if (assertion === undefined) {
    throw new Error(`a build that ${build.name} does not run at all`, { cause: failure });
  }
  if (!assertion.message.startsWith(red)) {
    throw new Error(`a build that ${build.name} turned red, but not at "${red}": ${assertion.message}`, {
      cause: failure,
    });
  }
  return firstLine(assertion.message);
}

/** The assertion in what was thrown; fast-check wraps what its predicate throws. */
function findAssertion(failure: unknown): Error | undefined {
  if (!(failure instanceof Error)) return undefined;
  return failure.name === 'AssertionError' ? failure : findAssertion(failure.cause);
}

const LONGEST_CELL = 100;

function firstLine(message: string): string {
  const line = (message.split('\n')[0] ?? '').replace(/ \/\/ Object\.is equality$/, '');
  return line.length > LONGEST_CELL ? `${line.slice(0, LONGEST_CELL - 1)}…` : line;
}
