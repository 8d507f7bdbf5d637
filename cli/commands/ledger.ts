import type { Command } from 'commander';
import { loadConfig } from '../../server/config.ts';
import { createBooksJudge } from '../../server/ledger/rules/books.ts';
import { readPrices } from '../../server/read-prices.ts';
import { addSettings, type FlagValues, readSettings, UsageError } from '../command-line.ts';
import { type ReconcileFlags, readInstruction } from '../ledger/decision.ts';
import {
  auditRow,
  booksJson,
  holdRow,
  holdSummary,
  holdTable,
  resolutionRow,
  resolutionSummary,
  unpricedRow,
} from '../ledger/print.ts';
import { type Resolution, reconcile } from '../ledger/reconcile.ts';
import { isStorageSetting, withExistingStore } from '../operator-store.ts';

type Flags = FlagValues & { readonly json?: boolean };

/** `rigkit ledger`: what is open, how it was resolved, and whether the books are consistent. */
export function addLedger(program: Command): void {
  const ledger = program.command('ledger').description("the operator's books: list, resolve and check");

  addSettings(ledger.command('holds'), (flag) => isStorageSetting(flag) || /UNCERTAIN_HOLDS/.test(flag.variable))
    .description(
      'list the open holds, of calls under way and of calls with an unknown cost: what was reserved, what still is, and when the platform decides',
    )
    .option('--state <state>', 'only held, or only uncertain')
    .option('--json', 'print JSON')
    .action(printHolds);

  addSettings(ledger.command('reconcile'), (flag) => isStorageSetting(flag) || flag.variable === 'RIGKIT_PRICES_FILE')
    .description('settle or release uncertain holds, by your decision or by the evidence of a provider')
    .option('--hold <id>', 'the hold to resolve')
    .option('--settle-micro <n>', 'charge this many microcredits')
    .option('--input-tokens <n>', 'tokens to count (default 0)')
    .option('--output-tokens <n>', 'tokens to count (default 0)')
    .option('--release', 'the call cost nothing: give back the reserved amount')
    .option(
      '--evidence <file>',
      'JSON, JSON lines or CSV, one row for each call: hold_id (or request_id), and cost_usd or tokens',
    )
    .option('--reason <text>', 'the reason; required with --settle-micro and --release')
    .option('--operator <name>', 'who decides (default: the user of this process)')
    .option('--dry-run', 'show what would happen and change nothing')
    .option('--json', 'print JSON')
    .action(printReconciliation);

  addSettings(ledger.command('audit'), isStorageSetting)
    .description('list all reconciliations (by whom, when, why, on which evidence), and usage without a known price')
    .option('--json', 'print JSON')
    .action(async (values: Flags) => {
      const { decided, unpriced } = await withExistingStore(readConfig(values), { readonly: true }, async (store) => ({
        decided: (await store.reconciliations()).map(auditRow),
        unpriced: (await store.unpricedUsage()).map(unpricedRow),
      }));
      if (values.json) return console.log(JSON.stringify([...decided, ...unpriced]));
      if (decided.length === 0) console.log('nothing was reconciled yet');
      else console.table(decided);
      if (unpriced.length > 0) console.table(unpriced);
    });

  addSettings(ledger.command('verify'), isStorageSetting)
    .description('check the books, also of a running platform; exit code 1 if they are wrong')
    .option('--json', 'print JSON')
    .action(printProof);
}

function readConfig(values: FlagValues) {
  return loadConfig(process.env, readSettings(values));
}

async function printHolds(values: Flags & { readonly state?: string }): Promise<void> {
  const { state } = values;
  if (state !== undefined && state !== 'held' && state !== 'uncertain') {
    throw new UsageError(`--state: expected held or uncertain, got ${JSON.stringify(state)}`);
  }
  // Not read-only: opening the store marks the holds of ended processes.
  const config = readConfig(values);
  const holds = await withExistingStore(config, { readonly: false }, async (store) =>
    (await store.openHolds()).filter((hold) => state === undefined || hold.state === state),
  );
  const rows = holds.map((hold) => holdRow(hold, Date.now(), config.uncertainHolds));
  if (values.json) return console.log(JSON.stringify(rows));
  if (rows.length > 0) console.table(holdTable(rows));
  console.log(holdSummary(holds));
}

async function printReconciliation(values: Flags & ReconcileFlags & { readonly dryRun?: boolean }): Promise<void> {
  const config = readConfig(values);
  const instruction = readInstruction(values);
  const { prices } = readPrices(config);
  const dryRun = values.dryRun === true;
  const { resolutions, open } = await withExistingStore(config, { readonly: false }, async (store) => ({
    resolutions: await reconcile({ store, prices, dryRun, at: Date.now() }, instruction),
    open: (await store.openHolds()).filter((hold) => hold.state === 'uncertain').length,
  }));
  const rows = resolutions.map(resolutionRow);
  if (values.json) {
    console.log(JSON.stringify({ dry_run: dryRun, resolutions: rows, uncertain_holds: open }));
  } else {
    console.table(rows);
    const dry = dryRun ? 'dry run, nothing was changed: ' : '';
    console.log(`${dry}${resolutionSummary(resolutions)}; uncertain holds in all: ${open}`);
  }
  const complaint =
    instruction.kind === 'decision' ? complaintOfDecision(resolutions[0]) : complaintOfEvidence(resolutions);
  if (complaint === undefined) return;
  console.error(`rigkit: ${complaint}`);
  // An unknown hold in a decision is bad input. In an export it may belong to another platform.
  process.exitCode = instruction.kind === 'decision' && resolutions[0]?.outcome === 'unknown_hold' ? 2 : 1;
}

/** Why a decision was not carried out. */
function complaintOfDecision(resolution: Resolution | undefined): string | undefined {
  switch (resolution?.outcome) {
    case 'unknown_hold':
      return `there is no hold ${resolution.holdId}; rigkit ledger holds lists them`;
    case 'still_held':
      return `a process is at work on hold ${resolution.holdId} and will close it; if that process ends, the hold becomes uncertain`;
    case 'already_settled':
      return `hold ${resolution.holdId} was settled before, with ${resolution.costMicro} microcredits; nothing was changed`;
    case 'already_released':
      return `hold ${resolution.holdId} was released before; nothing was changed`;
    default:
      return undefined;
  }
}

/** An export usually has rows for calls that need no evidence. A row without a price, or no row for any hold, is an error. */
function complaintOfEvidence(resolutions: readonly Resolution[]): string | undefined {
  const unpriced = resolutions.filter(({ outcome }) => outcome === 'unpriced').length;
  if (unpriced > 0) return `${unpriced} rows have tokens without a known price: add cost_usd, or name a --prices-file`;
  const isForeign = resolutions.every(({ outcome }) => outcome === 'unknown_hold');
  return isForeign ? 'no row names a hold of this database' : undefined;
}

async function printProof(values: Flags): Promise<void> {
  const judge = createBooksJudge();
  await withExistingStore(readConfig(values), { readonly: true }, (store) => store.inspect(judge));
  const { checked, violations, ...report } = booksJson(judge.report());
  if (violations.length > 0) process.exitCode = 1;
  if (values.json) return console.log(JSON.stringify({ ...report, checked, violations }));
  console.table(report.accounts);
  const counts = Object.entries(checked).map(([rule, count]) => `${rule} ${count}`);
  console.log(`checked: ${counts.join(', ')}`);
  for (const { rule, sentence } of violations) console.log(`VIOLATION (${rule}): ${sentence}`);
  console.log(
    violations.length === 0 ? 'the books are in order' : `the books are NOT in order: ${violations.length} violations`,
  );
}
