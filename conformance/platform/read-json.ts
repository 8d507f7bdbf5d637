import { readFile } from 'node:fs/promises';
import { ConfigError } from './config.ts';

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
