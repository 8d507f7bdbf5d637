import { Command } from 'commander';
import { vi } from 'vitest';
import { run } from '../../cli/command-line.ts';
import type { Finished } from '../processes.ts';

/**
 * Runs commands as a user types them, in this process, which saves a start of Node for each: one after the other, with
 * what they print caught.
 */
export function commandsHere(...add: readonly ((program: Command) => void)[]) {
  return async (...argv: readonly string[]): Promise<Finished> => {
    const program = new Command('rigkit').exitOverride().configureOutput({ writeErr: () => {} });
    for (const addTo of add) addTo(program);
    const printed = { stdout: '', stderr: '' };
    const log = vi.spyOn(console, 'log').mockImplementation((text) => void (printed.stdout += `${text}\n`));
    const error = vi.spyOn(console, 'error').mockImplementation((text) => void (printed.stderr += `${text}\n`));
    const table = vi
      .spyOn(console, 'table')
      .mockImplementation((rows) => void (printed.stdout += JSON.stringify(rows)));
    const { exitCode } = process;
    process.exitCode = 0;
    try {
      return { code: await run(program, argv), ...printed };
    } finally {
      process.exitCode = exitCode;
      for (const spy of [log, error, table]) spy.mockRestore();
    }
  };
}
