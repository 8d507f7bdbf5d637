import type { Command } from 'commander';
import { writeReference } from '../reference.ts';

export function addDocs(program: Command): void {
  program
    .command('docs')
    .description('write the reference of both APIs as self-contained pages')
    .option('--out <folder>', 'where to write them', 'rigkit-docs')
    .action(async ({ out }: { out: string }) => {
      console.log(await writeReference(out));
    });
}
