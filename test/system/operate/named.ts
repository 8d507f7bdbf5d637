import type { Command } from 'commander';
import { createProgram } from '../../../cli/program.ts';
import { flags } from '../../../server/config.ts';

/** The settings that a text names and that do not exist. */
export function unknownSettings(text: string): readonly string[] {
  const known = new Set<string>(flags.map(({ variable }) => variable));
  return [...text.matchAll(/\bRIGKIT_[A-Z_]+/g)].map(([name]) => name).filter((name) => !known.has(name));
}

/** What is wrong with a command line as it is typed, `rigkit serve --workers 4`; undefined where it would be understood. */
export async function objectionTo(line: string): Promise<string | undefined> {
  const words = line
    .replace(/\s+#.*/, '')
    .trim()
    .split(/\s+/)
    .slice(1);
  let command: Command = await createProgram();
  for (;;) {
    const next = command.commands.find((each) => each.name() === words[0]);
    if (next === undefined) break;
    command = next;
    words.shift();
  }
  // `rigkit prices` takes a model, or `update`.
  if (command.commands.length > 0 && command.registeredArguments.length === 0) return `${line}: no command ${words[0]}`;
  const strays = words.filter((word) => word.startsWith('--') && word !== '--help');
  const stray = strays.find((word) => !command.options.some(({ long }) => long === word));
  return stray && `${line}: no option ${stray}`;
}
