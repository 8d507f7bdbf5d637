import { readFile } from 'node:fs/promises';
import { type Config, ConfigError, validateConfig } from './config.ts';

/** A configuration file after interpolation and validation. */
export interface LoadedConfig {
  readonly config: Config;
  /** Environment variables by the value they supplied: a replayed command line shows their names. */
  readonly secretNames: ReadonlyMap<string, string>;
}

/**
 * Reads a configuration file: JSON, in which a string may hold `${NAME}` for the value of an environment variable.
 * Throws a `ConfigError` where the file cannot be read, is no JSON, names an unset variable, or is not valid.
 */
export async function loadConfig(
  file: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<LoadedConfig> {
  const written = await readJson(file, 'give the file with --config FILE');
  const secretNames = new Map<string, string>();
  const config = interpolate(written, '', (name, path) => {
    const value = env[name];
    if (value === undefined || value === '') {
      throw new ConfigError(
        `${path} names the environment variable ${name}, which is not set`,
        `set it (export ${name}=...), or take the field out of ${file}`,
      );
    }
    if (!secretNames.has(value)) secretNames.set(value, name);
    return value;
  });
  return { config: validateConfig(config), secretNames };
}

const REFERENCE = /\$\{([^}]*)\}/g;
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function interpolate(value: unknown, path: string, read: (name: string, path: string) => string): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (reference, name: string) => {
      if (VARIABLE_NAME.test(name)) return read(name, path);
      throw new ConfigError(`${path} holds ${reference}`, 'between the braces stands the name of a variable');
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => interpolate(item, `${path}.${index}`, read));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, interpolate(item, path === '' ? key : `${path}.${key}`, read)]),
  );
}

/** The value in a JSON file. Throws a `ConfigError`, which repeats nothing of the file, where it cannot be had. */
export async function readJson(file: string, hint: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`cannot read ${file} (${error.code ?? error.message})`, hint);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message may quote the file, keys included: only the place is told.
    const place =
      error instanceof Error ? /at position \d+|\(line \d+ column \d+\)/.exec(error.message)?.[0] : undefined;
    throw new ConfigError(`${file} is not JSON${place === undefined ? '' : ` ${place}`}`, 'mend the file');
  }
}
