import { parseArgs } from 'node:util';

/** How much of each part is run. */
export interface Counts {
  /** `exactness`: randomised requests, on each engine. */
  readonly requests: number;
  /** `months`: randomised histories of an account, on each engine. */
  readonly histories: number;
  /** `concurrency`: parallel requests of one round, on credit for seven of them. */
  readonly parallel: number;
  /** `concurrency`: rounds, each in one process and in four. */
  readonly rounds: number;
  /** `crash`: how often a platform is killed under load. */
  readonly kills: number;
  /** `failover`: how often the database's primary is killed under load, and its standby takes over. */
  readonly failovers: number;
  /** `secrecy`: how often the mixed run is repeated. */
  readonly mixes: number;
  /** `memory`: megabytes of one stream. */
  readonly megabytes: number;
  /** `memory`: slow streams that are open at once. */
  readonly streams: number;
  /** `kills`: requirements that every broken platform is held to beside those that its row names; of so many there are, all. */
  readonly others: number;
  /** `lawful`: how often every lawful platform is held to the suite, each time in another order of checks. */
  readonly laps: number;
}

export interface Settings {
  /** Everything random is drawn from it: the same seed draws the same run. */
  readonly seed: number;
  readonly counts: Counts;
}

/** What the contract of this house asks for: `npm run soak`. */
export const FULL: Counts = {
  requests: 20_000,
  histories: 2_000,
  parallel: 200,
  rounds: 10,
  kills: 100,
  failovers: 20,
  mixes: 40,
  megabytes: 100,
  streams: 500,
  others: 1_000,
  laps: 10,
};

/** The share of the same code that `npm run test:slow` runs. */
export const SHARE: Counts = {
  requests: 240,
  histories: 100,
  parallel: 200,
  rounds: 1,
  kills: 2,
  failovers: 1,
  mixes: 1,
  megabytes: 20,
  streams: 50,
  others: 8,
  laps: 1,
};

const SHARE_SEED = 20_260_401;

/** A flag or variable that is not a count. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

type Named = Readonly<Record<string, string | undefined>>;

/**
 * Counts and seed: `defaults`, under what the variables say (`SOAK_REQUESTS`, `SOAK_SEED`), under what the flags of the
 * same names say (`--requests`). Throws a SettingsError for anything that is not a whole number.
 */
export function readSettings(defaults: Counts, seed: number, variables: Named, flags: Named = {}): Settings {
  const read = (name: string, otherwise: number) => {
    const given = flags[name] ?? variables[`SOAK_${name.toUpperCase()}`];
    if (given === undefined || given === '') return otherwise;
    if (!/^\d{1,9}$/.test(given)) throw new SettingsError(`${name}: expected a whole number, not ${given}`);
    return Number(given);
  };
  const names = Object.keys(defaults) as (keyof Counts)[];
  const counts = Object.fromEntries(names.map((name) => [name, read(name, defaults[name])]));
  return { seed: read('seed', seed), counts: { ...defaults, ...counts } };
}

/** The settings of the tests: always the same requests, unless somebody says otherwise. */
export function shareSettings(): Settings {
  return readSettings(SHARE, SHARE_SEED, process.env);
}

/** The settings of the full run, and which parts of it are wanted (all, unless `--only` names some). */
export function soakSettings(argv: readonly string[], variables: Named): Settings & { readonly only: string[] } {
  const options = Object.fromEntries(
    ['seed', 'only', ...Object.keys(FULL)].map((name) => [name, { type: 'string' as const }]),
  );
  let values: Named;
  try {
    ({ values } = parseArgs({ args: [...argv], options, strict: true }) as { values: Named });
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error));
  }
  const { only, ...flags } = values;
  const seed = Math.floor(Math.random() * 2 ** 29);
  return { ...readSettings(FULL, seed, variables, flags), only: only?.split(',') ?? [] };
}
