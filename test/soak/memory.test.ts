import { describe, expect, it } from 'vitest';
import { runMemory } from './memory/run.ts';
import { shareSettings } from './settings.ts';

const settings = shareSettings();

describe('the memory of a platform', () => {
  it('does not follow the length or the number of its streams', async () => {
    const report = await runMemory(settings);
    expect(report.counts).toContain('above idle after it');
  });

  it('would be found out to grow with a stream', async () => {
    const run = runMemory({ ...settings, counts: { ...settings.counts, megabytes: 45 } }, { hoards: true });
    await expect(run).rejects.toThrow(/memory left behind/);
  });
});
