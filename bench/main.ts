/**
 * The benchmarks: `npm run bench`, or one of them, larger: `npm run bench -- store --requests 10000`. Prints tables;
 * `--json FILE` keeps every round's figures, too. How to read them: bench/README.md.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { folderWarning } from './accounts.ts';
import { benchConformance } from './conformance.ts';
import { benchControlPlane } from './control-plane.ts';
import { offLastCore } from './cores.ts';
import { type Report, showReport } from './figures.ts';
import { benchGrowth } from './growth.ts';
import { benchMemory } from './memory.ts';
import { benchMock } from './mock.ts';
import { benchProxy } from './proxy.ts';
import { benchScaling } from './scaling.ts';
import { benchStore } from './store.ts';
import { benchTenants } from './tenants.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    /** Buffered calls a round at 50 connections; of everything else, so many that it takes about as long, or less. */
    requests: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    /** Measure the peers too, where they are installed. */
    peers: { type: 'boolean', default: true },
    /** Books twenty times as large in the bench of growth. */
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

function count(name: 'requests' | 'rounds'): number {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number above 0`);
  return value;
}

const requests = count('requests');
const rounds = count('rounds');
const benches = new Map<string, () => Promise<readonly Report[]>>([
  ['proxy', () => offLastCore(() => benchProxy({ requests, rounds, peers: values.peers }))],
  ['control-plane', () => offLastCore(() => benchControlPlane({ requests, rounds }))],
  ['tenants', () => offLastCore(() => benchTenants({ requests: Math.ceil(requests / 4), rounds }))],
  ['memory', () => benchMemory({ requests: requests * 5 })],
  ['mock', () => benchMock({ requests, rounds })],
  ['store', () => benchStore({ pairs: requests * 5, rounds })],
  ['scaling', () => benchScaling({ requests, rounds })],
  [
    'growth',
    () => benchGrowth({ accounts: requests * (values.full ? 500 : 25), requests: Math.ceil(requests / 2), rounds }),
  ],
  ['conformance', () => benchConformance({ rounds: Math.ceil(rounds / 2) })],
]);

const chosen = positionals.length === 0 ? [...benches.keys()] : positionals;
const unknown = chosen.filter((name) => !benches.has(name));
if (unknown.length > 0) throw new Error(`no such benchmark: ${unknown}; there are ${[...benches.keys()]}`);

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}`);
const warning = folderWarning();
if (warning !== undefined) console.log(warning);
const reports: Report[] = [];
for (const name of chosen) {
  const found = (await benches.get(name)?.()) ?? [];
  for (const report of found) console.log(`\n${showReport(report)}`);
  reports.push(...found);
}
if (values.json !== undefined) {
  const about = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  writeFileSync(values.json, `${JSON.stringify({ ...about, reports }, null, 2)}\n`);
}
