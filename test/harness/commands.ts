import { Command } from 'commander';
import { vi } from 'vitest';
import { run } from '../../cli/command-line.ts';
import type { Finished } from './processes.ts';

/**
 * Runs commands as a user types them, in this process, which saves a start of Node for each: one after the other, with
 * what they print caught. Tables come as JSON.
 */
export function commandsHere(...add: readonly ((program: Command) => void)[]) {
  return async (...argv: readonly string[]): Promise<Finished> => {
    const program = new Command('rigkit').exitOverride().configureOutput({ writeErr: () => {} });
    for (const addTo of add) addTo(program);
    const out: string[] = [];
    const errors: string[] = [];
    const spies = [
      vi.spyOn(console, 'log').mockImplementation((text) => void out.push(`${text}\n`)),
      vi.spyOn(console, 'table').mockImplementation((rows) => void out.push(`${JSON.stringify(rows)}\n`)),
      vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(`${text}\n`)),
    ];
    const { exitCode } = process;
    process.exitCode = 0;
    try {
      const code = await run(program, argv);
      return { code, stdout: out.join(''), stderr: errors.join('') };
    } finally {
      process.exitCode = exitCode;
      for (const spy of spies) spy.mockRestore();
    }
  };
}
