import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConformanceReport, runConformance, toExitCode } from '../../../conformance/index.ts';
import { type Requirement, requirements } from '../../../generated/requirements.ts';
import { type Mock, startMock } from '../../../mocks/index.ts';

let mock: Mock;
let report: ConformanceReport;
beforeAll(async () => {
  mock = await startMock();
  const accounts = { funded: { apiKey: 'rb_funded_0123456789' }, other: { apiKey: 'rb_other_0123456789' } };
  const config = { controlPlane: { baseUrl: mock.controlPlaneUrl }, accounts, profiles: ['control-plane' as const] };
  report = await runConformance(config, { seed: 1 });
});
afterAll(() => mock?.close());

describe('a mock without memory', () => {
  it('keeps what one answer shows, and no sentence about what was before it', () => {
    const checkable: readonly Requirement[] = requirements;
    const expected = checkable.filter((row) => row.profile === 'control-plane' && !row.untestable);
    const verdicts = report.results.map(({ id, verdict }) => `${id} ${verdict}`);
    expect(verdicts).toEqual(expected.map(({ id, mock }) => `${id} ${mock?.verdict ?? 'pass'}`));
  });

  it('holds no profile, and the suite says so with exit code 1', () => {
    expect(report.profiles.filter(({ conformant }) => conformant)).toEqual([]);
    expect(toExitCode(report)).toBe(1);
  });

  it('is no trouble to the suite: nothing is left behind, and nothing in it fails', () => {
    expect(report.leftBehind).toEqual([]);
    expect(report.stop).toBeNull();
    expect(report.results.filter(({ verdict }) => verdict === 'harness-error')).toEqual([]);
  });
});
