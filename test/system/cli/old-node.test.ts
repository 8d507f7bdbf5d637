import { describe, expect, it } from 'vitest';
import { run } from '../../harness/processes.ts';
import { readImports } from '../../house/imports.ts';

describe('the command on a Node that is too old', () => {
  const olderNode = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.19.5' })`;

  it.each(['--version', 'prices', 'conformance'])('says so in one line for %s, and exits 2', async (command) => {
    const finished = await run(process.execPath, ['--import', olderNode, 'cli/main.ts', command]);
    expect(finished).toMatchObject({ code: 2, stdout: '' });
    expect(finished.stderr).toMatch(/^rigkit: Node 24\.18\.0 or later is needed, and this is Node 20\.19\.5.*\n$/);
  });

  it('loads nothing before it has said so', () => {
    const dynamic = 'cli/program.ts';
    const first = readImports('cli/main.ts').map(({ to }) => to);
    expect(first).toEqual(['cli/manifest.ts', dynamic]);
    const next = first.filter((file) => file !== dynamic).flatMap(readImports);
    expect(next.filter(({ to }) => !to.startsWith('node:'))).toEqual([]);
  });
});
