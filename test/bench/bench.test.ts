import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'rigkit-bench-test-'));
// Where we are root, PostgreSQL runs as somebody else.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = join(folder, 'bench.json');
const bench = (...args: string[]) =>
  run(process.execPath, ['bench/main.ts', ...args], { env: { TMPDIR: folder }, timeoutMs: 90_000 });

describe('the benchmarks', () => {
  it('run with few requests, measure everybody who is there, and leave nothing behind', async () => {
    const { code, stdout, stderr } = await bench('--requests', '50', '--rounds', '1', '--no-peers', '--json', json);
    const kept: { reports: { rows: { name: string }[] }[] } = JSON.parse(readFileSync(json, 'utf8'));
    rmSync(json);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = [...stdout.matchAll(/^\| ([^|]*?) +\|(.*)\|$/gm)].map(([, name = '', cells = '']) => [name, cells]);
    const figures = rows.filter(([, cells]) => /\d \([\d,.]+\.\.[\d,.]+\)/.test(cells ?? '')).map(([name]) => name);
    const proxies = [
      'direct, no proxy',
      'bare node:http pipe',
      'bare undici dispatch',
      'rigkit, unmetered',
      'rigkit/metering-proxy',
      'rigkit serve',
    ];
    const shapesAndConnections = [
      'Buffered answers, 50 connections',
      'Buffered answers, 10 connections',
      'Buffered answers, 1 connection',
      'Streams of 50 events, 10 connections',
      'Streams of 50 events, 50 connections',
      'Streams of 50 events, 1 connection',
      'Answers that the provider takes 50 ms for, 25 connections',
    ];
    for (const title of shapesAndConnections) expect(stdout).toContain(`\n${title}, 1 rounds of `);
    const loads = ['1 in flight', '10 in flight', '50 in flight', '50 in flight, one account'];
    expect(figures).toEqual([
      ...shapesAndConnections.flatMap(() => proxies),
      'bare Express',
      'rigkit, its own contract',
      'rigkit, 200 operations',
      'after 250',
      'after 1,250',
      'after 2,500',
      'rigkit mock',
      "Prism's own server",
      ...loads.flatMap((load) => [`SQLite, ${load}`, `PostgreSQL, ${load}`]),
    ]);
    expect(kept.reports.flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(figures);
    expect(stdout).toContain('Left out: @portkey-ai/gateway');
    expect(stdout).not.toMatch(/NaN|undefined/);
    expect(readdirSync(folder)).toEqual([]);
  }, 100_000);

  it.each([
    [['--requests', 'many'], '--requests takes a whole number'],
    [['prxy'], 'no such benchmark: prxy; there are proxy,control-plane,memory,mock,store'],
    [['--request', '5'], "Unknown option '--request'"],
  ])('refuse %j before anything is measured', async (args, sentence) => {
    const { code, stdout, stderr } = await bench(...args);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
  });
});
