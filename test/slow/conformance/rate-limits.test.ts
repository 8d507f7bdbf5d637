import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRequirements, runConformance } from '../../../conformance/index.ts';
import { jsonAnswer, withHeader } from '../../platforms/message.ts';
import { type ReferencePlatform, startReferencePlatform } from '../../platforms/reference-platform.ts';

/** A prime, so that it is not always the same request of a check. */
const EVERY = 127;

let platform: ReferencePlatform;
beforeAll(async () => {
  platform = await startReferencePlatform();
});
afterAll(() => platform?.close());

describe('a conformance run against a platform with rate limits', () => {
  it('comes to its end, and takes no limit for a violation', async () => {
    let asked = 0;
    let refused = 0;
    platform.use({
      async controlPlane(sent, forward) {
        asked += 1;
        if (asked % EVERY > 0) return forward(sent);
        refused += 1;
        const body = { error: { code: 'rate_limited', message: 'Too many requests.' } };
        return withHeader(jsonAnswer(429, body), 'retry-after', '1');
      },
    });
    // Those with generated requests send hundreds each; `npm run soak` runs them too.
    const rows = listRequirements().filter(({ profile, untestable }) => profile === 'control-plane' && !untestable);
    const only = rows.map(({ id }) => id).filter((id) => !id.startsWith('FUZ'));
    const report = await runConformance(platform.config, { only });
    expect(report.results.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(report.outcome).toBe('kept');
    expect(report.leftBehind).toEqual([]);
    expect(refused).toBeGreaterThan(2);
  });
});
