import { beforeAll, describe, expect, it } from 'vitest';
import { BOUNDS } from '../../scripts/entered-files.ts';
import { run } from '../harness/processes.ts';

describe('the files that one warm call enters', () => {
  let printed = '';
  beforeAll(async () => {
    // A process of its own: the coverage of a test run would be measured too.
    const finished = await run(process.execPath, ['scripts/entered-files.ts']);
    expect(finished, finished.stderr).toMatchObject({ code: 0 });
    printed = finished.stdout;
  });

  it.each(Object.entries(BOUNDS))('are bounded for %s', (name, { most }) => {
    const [, files] = new RegExp(`^${name}: (\\d+) files`, 'm').exec(printed) ?? [];
    expect(Number(files)).toBeGreaterThan(0);
    expect(Number(files)).toBeLessThanOrEqual(most);
  });
});
