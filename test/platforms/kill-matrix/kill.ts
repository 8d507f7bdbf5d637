import {
  type ConformanceReport,
  listRequirements,
  type Requirement,
  type Result,
  runConformance,
} from '../../../conformance/index.ts';
import { verdictLine } from '../../../conformance/report/evidence-text.ts';
import { familyRequirements } from '../../../generated/families.ts';
import { type Chance, createChance } from '../../harness/chance.ts';
import type { BrokenPlatform } from '../broken/broken-platform.ts';
import type { ReferencePlatform } from '../reference-platform.ts';

/** Every requirement that a check can decide. */
const checkable = listRequirements().filter(({ untestable }) => untestable === undefined);

/** What the matrix owes a row to: every MUST that can be checked from outside. */
export const checkableMusts: readonly string[] = checkable.filter(({ level }) => level === 'MUST').map(({ id }) => id);

/** What the suite said of a broken platform, beside what its row says. */
export interface Kill {
  readonly row: BrokenPlatform;
  /** How many requirements it was held to. */
  readonly held: number;
  /** Of those, the ones that did not pass, in the catalogue's order: `AIC-012 fail`. */
  readonly found: readonly string[];
  readonly expected: readonly string[];
  /** What the suite said of those in `found` that the row does not expect. */
  readonly reasons: readonly string[];
}

/** Generated requests hit upon every mutation, those of other rows too: only the row that names one is held to it. */
const GENERATED = /^FUZ-/;

/** What is required of the operations that this requirement, and others with its prefix, are about. */
export function listNear(breaks: string): readonly string[] {
  const family = familyRequirements.find(({ id }) => id === breaks);
  const isAlike = (id: string) => (family === undefined ? id.slice(0, 3) === breaks.slice(0, 3) : id === breaks);
  const operations = new Set(checkable.filter(({ id }) => isAlike(id)).flatMap(listOperations));
  return checkable.filter((row) => listOperations(row).some((name) => operations.has(name))).map(({ id }) => id);
}

function listOperations({ id, operationId }: Requirement): readonly string[] {
  return familyRequirements.find((row) => row.id === id)?.operationIds ?? [operationId];
}

/**
 * Holds a broken platform to the requirements that its row names, to those of `near`, and to `others` more, drawn by
 * `seed`. Every one of them has to pass but those of the row.
 */
export async function kill(
  platform: ReferencePlatform,
  row: BrokenPlatform,
  { near = [], others, seed }: { readonly near?: readonly string[]; readonly others: number; readonly seed: number },
): Promise<Kill> {
  const expected = expectedVerdicts(row);
  const named = new Set(expected.keys());
  const rest = checkable.map(({ id }) => id).filter((id) => !named.has(id) && !GENERATED.test(id));
  const far = rest.filter((id) => !near.includes(id));
  const only = [...named, ...rest.filter((id) => near.includes(id)), ...draw(createChance(seed), far, others)];
  await platform.reset();
  platform.use(row);
  const report = await runConformance(platform.config, { only, seed: 1 }).finally(() => platform.use({}));
  requireWhole(row, report);
  const failed = report.results.filter(({ verdict }) => verdict !== 'pass');
  const inOrder = checkable.map(({ id }) => id).filter((id) => named.has(id));
  return {
    row,
    held: only.length,
    found: failed.map(({ id, verdict }) => `${id} ${verdict}`),
    expected: inOrder.map((id) => `${id} ${expected.get(id)}`),
    reasons: failed
      .filter(({ id, verdict }) => expected.get(id) !== verdict)
      .map((result) => `${result.id} ${result.verdict}: ${verdictLine(result)}`),
  };
}

/** Whether the suite said what the row says, and nothing else. */
export function isExact({ found, expected }: Kill): boolean {
  return found.join() === expected.join();
}

function expectedVerdicts({ breaks, also = {}, hides = {} }: BrokenPlatform): ReadonlyMap<string, Result['verdict']> {
  return new Map<string, Result['verdict']>([
    ...Object.keys(hides).map((id) => [id, 'unverified'] as const),
    ...Object.keys(also).map((id) => [id, 'fail'] as const),
    [breaks, 'fail'],
  ]);
}

/** A run that ended early proves nothing: all of its results are unverified. */
function requireWhole({ breaks }: BrokenPlatform, { stop }: ConformanceReport): void {
  if (stop !== null) throw new Error(`the run against the platform of ${breaks} ended early: ${stop.message}`);
}

function draw(chance: Chance, from: readonly string[], count: number): readonly string[] {
  const left = [...from];
  const drawn: string[] = [];
  while (drawn.length < count && left.length > 0) {
    const next = chance.pick(left);
    left.splice(left.indexOf(next), 1);
    drawn.push(next);
  }
  return drawn;
}
