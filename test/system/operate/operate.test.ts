import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../../server/operator/index.ts';
import { openSqliteStore } from '../../../server/store.ts';
import { codeBlocks } from '../../harness/code-blocks.ts';
import { seed } from '../../harness/ledger.ts';
import { type Finished, run } from '../../harness/processes.ts';
import { objectionTo, unknownSettings } from './named.ts';

const page = readFileSync('docs/operate.md', 'utf8');
const linesIn = (section: string) =>
  codeBlocks('docs/operate.md')
    .filter((block) => block.section === section)
    .flatMap(({ text }) => text.trim().split('\n'));

const folder = mkdtempSync(join(tmpdir(), 'rigkit-operate-'));
for (const name of ['cli', 'node_modules']) symlinkSync(resolve(name), join(folder, name));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const COMMAND = `rigkit() { ${JSON.stringify(process.execPath)} cli/main.ts "$@"; }`;
const bash = (line: string): Promise<Finished> =>
  run('bash', ['-c', `set -e\n${COMMAND}\n${line}`], {
    cwd: folder,
    env: { RIGKIT_SECRET_KEY: Buffer.alloc(32, 1).toString('base64') },
  });

describe('the page for operators', () => {
  it('names settings, files, commands and flags that exist', async () => {
    expect(unknownSettings(page)).toEqual([]);
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => join('docs', path));
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
    const lines = [...page.matchAll(/(?:^|`)(rigkit [^`\n]+)/gm)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(10);
    expect((await Promise.all(lines.map(objectionTo))).filter(Boolean)).toEqual([]);
  });

  it('names metrics that are shown', async () => {
    const figures = await createMetrics({ openHoldTotals: async () => [] }).register.getMetricsAsJSON();
    const shown = new Set(['rigkit_workers', ...figures.map(({ name }) => name)]);
    const named = [...page.matchAll(/^\| `(rigkit_\w+)/gm)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('backs SQLite up beside a platform at work, and brings it back', async () => {
    const [backup = '', verify = '', restore = ''] = linesIn('Back up and restore');
    const site = await seed(join(folder, '.rigkit'));
    await site.uncertain('req-kept');
    for (const line of [backup, verify]) {
      const finished = await bash(line);
      expect(finished, finished.stderr).toMatchObject({ code: 0 });
    }
    await site.uncertain('req-of-later');
    await site.store.close();
    expect(await bash(restore)).toMatchObject({ code: 0 });
    const store = await openSqliteStore({ path: join(folder, '.rigkit/rigkit.sqlite') });
    expect(await store.openHolds()).toMatchObject([{ holdId: 'req-kept' }]);
    await store.close();
  });

  it.each([...linesIn('Rotate the secret key'), ...linesIn('Reconcile')])('%s', async (line) => {
    writeFileSync(join(folder, 'export.csv'), 'hold_id,cost_usd\nreq-kept,0.0000099\n');
    const finished = await bash(line);
    expect(finished, finished.stderr).toMatchObject({ code: 0 });
  });
});
