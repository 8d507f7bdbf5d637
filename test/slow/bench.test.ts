import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../harness/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-bench-test-'));
// Where this runs as root, PostgreSQL runs as another user.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = join(folder, 'bench.json');
const bench = (...args: string[]) => run(process.execPath, ['bench/main.ts', ...args], { env: { TMPDIR: folder } });

const PROXIES = [
  'direct, no proxy',
  'bare node:http pipe',
  'bare undici dispatch',
  'rigkit, unmetered',
  'rigkit/metering-proxy',
  'rigkit serve',
];
const REQUESTS = [
  'metered call, of the same ten accounts',
  'metered call, of any account',
  'who calls: key and workspace',
  'GET credits',
  'GET ai-usage',
  'GET usage metrics, 1h',
  'GET usage metrics, 7d, one workspace',
];
const LOADS = ['1 in flight', '10 in flight', '50 in flight', '50 in flight, one account'];
const GROWN = (calls: string, usage: string) =>
  `with 10, 20, 1,250 accounts, 1,000, 1,000, ${calls} calls, 1,090, 1,090, ${usage} rows of usage, 1 rounds of 25`;

/** Each table by its beginning, and who stands in it. */
const TABLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  proxy: {
    'Buffered answers, 50 connections': PROXIES,
    'Buffered answers, 10 connections': PROXIES,
    'Buffered answers, 1 connection': PROXIES,
    'Streams of 50 events, 10 connections': PROXIES,
    'Streams of 50 events, 50 connections': PROXIES,
    'Streams of 50 events, 1 connection': PROXIES,
    'Answers that the provider takes 50 ms for, 25 connections': PROXIES,
  },
  'control-plane': { 'GET credits': ['bare Express', 'rigkit, its own contract', 'rigkit, 200 operations'] },
  tenants: {
    "One account's calls of 50 ms while another attacks": [
      'alone',
      '4 bodies of 31 MiB a second that never end, 16 open',
      '7 bodies of 990,000 escaped keys a second',
      '20 bodies of 99,000 keys and 240,000 strings a second',
      '4 bodies of 30 MiB a second',
      '500 calls a second that cost nothing',
      '50 streams a second that are aborted',
    ],
  },
  memory: { 'Memory of rigkit serve': ['after 250', 'after 1,250', 'after 2,500'] },
  mock: { Mocks: ['rigkit mock', "Prism's own server"] },
  store: { 'Reserve and settle': LOADS.flatMap((load) => [`SQLite, ${load}`, `PostgreSQL, ${load}`]) },
  scaling: { 'rigkit serve --workers on PostgreSQL': ['1 process', '2 processes', '4 processes'] },
  growth: {
    [`SQLite ${GROWN('13,000', '14,170')}`]: REQUESTS,
    [`PostgreSQL ${GROWN('13,000', '14,170')}`]: REQUESTS,
  },
  conformance: { 'The conformance suite against the sandbox': ['rigkit conformance'] },
};

describe('the benchmarks', () => {
  it.each([
    [['proxy', 'control-plane']],
    [['tenants', 'memory', 'mock', 'store']],
    [['scaling', 'growth', 'conformance']],
  ])('%j run with few requests, measure everybody who is there, and leave nothing behind', async (names) => {
    const few = ['--requests', '50', '--rounds', '1', '--no-peers', '--json', json];
    const { code, stdout, stderr } = await bench(...names, ...few);
    const kept: { reports: { title: string; rows: { name: string }[] }[] } = JSON.parse(readFileSync(json, 'utf8'));
    rmSync(json);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const tables = names.flatMap((name) => Object.entries(TABLES[name] ?? {}));
    const rows = [...stdout.matchAll(/^\| ([^|]*?) +\|(.*)\|$/gm)].map(([, name = '', cells = '']) => [name, cells]);
    const figures = rows.filter(([, cells]) => /\d \([\d,.-]+\.\.[\d,.-]+\)/.test(cells ?? '')).map(([name]) => name);
    expect(figures).toEqual(tables.flatMap(([, who]) => who));
    expect(kept.reports.map(({ rows }) => rows.map(({ name }) => name))).toEqual(tables.map(([, who]) => who));
    expect(kept.reports.map(({ title }) => title)).toEqual(tables.map(([title]) => expect.stringContaining(title)));
    for (const { title } of kept.reports) expect(stdout).toContain(`\n${title}\n`);
    expect(stdout.includes('Left out: @portkey-ai/gateway')).toBe(names.includes('proxy'));
    expect(stdout).not.toMatch(/NaN|undefined|Infinity/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [['--requests', 'many'], '--requests takes a whole number'],
    [
      ['prxy'],
      'no such benchmark: prxy; there are proxy,control-plane,tenants,memory,mock,store,scaling,growth,conformance',
    ],
    [['--request', '5'], "Unknown option '--request'"],
  ])('refuse %j before anything is measured', async (args, sentence) => {
    const { code, stdout, stderr } = await bench(...args);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
  });
});
