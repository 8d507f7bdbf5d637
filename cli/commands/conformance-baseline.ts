import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { makeBaseline, readResults } from '../../conformance/index.ts';
import { UsageError } from '../usage-error.ts';

interface BaselineFlags {
  readonly from: string;
  readonly reason: string;
  readonly expires: string;
  readonly out: string;
}

/** `rigkit conformance baseline`: writes the violations of a run to a file of known failures. */
export function addBaseline(conformance: Command): void {
  conformance
    .command('baseline')
    .description('write a baseline that lists every violation of a run as a known failure')
    .requiredOption('--from <report.json>', 'the report of the run')
    .requiredOption('--reason <text>', 'why these failures are accepted for now; edit it for each entry in the file')
    .requiredOption('--expires <day>', 'the last day on which they are accepted, YYYY-MM-DD (UTC)')
    .option('--out <file>', 'where to write it', 'conformance-baseline.json')
    .action(async ({ from, reason, expires, out }: BaselineFlags) => {
      if (expires < new Date().toISOString().slice(0, 'YYYY-MM-DD'.length)) {
        throw new UsageError(`--expires: ${expires} has passed`);
      }
      const baseline = makeBaseline(await readResults(from), { reason, expires });
      const { length } = baseline.entries;
      if (length === 0) throw new UsageError(`${from} has no violation: nothing to list`);
      await writeNew(out, `${JSON.stringify(baseline, null, 2)}\n`);
      console.log(`${out}: ${length === 1 ? '1 known failure' : `${length} known failures`}, until ${expires}`);
    });
}

/** Does not overwrite a file, because reasons and dates may have been edited by hand. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'it exists; name another with --out, or remove it' : error.code;
    throw new UsageError(`cannot write ${file}: ${why}`);
  });
}
