import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConformanceReport, exitCodeOf, listRequirements, runConformance } from '../../../conformance/index.ts';
import { type Mock, startMock } from '../../../mocks/index.ts';

/** What the stateless mock cannot keep of the control-plane profile, or does not yet, by reason. The rest it keeps. */
const beyondIt: Readonly<
  Record<string, { readonly fail?: readonly string[]; readonly unverified?: readonly string[] }>
> = {
  'it remembers nothing': {
    fail: [
      ...['AIC-010', 'AIC-016', 'AIC-021', 'AIC-024', 'AIC-029', 'DEF-002', 'DEF-010', 'DEF-014', 'DEF-017'],
      ...['KEY-001', 'KEY-011', 'KEY-020', 'KEY-021', 'LIM-003', 'MOD-002', 'WSP-030'],
    ],
    unverified: ['AIC-017', 'AIC-020', 'AIC-022', 'AIC-023', 'AIC-028', 'AIC-030', 'MOD-013'],
  },
  'it knows every id, and nobody owns any': {
    fail: [
      ...['AIC-027', 'ERR-010', 'ERR-015', 'KEY-012', 'KEY-022', 'KEY-023'],
      ...['WSP-002', 'WSP-020', 'WSP-021', 'WSP-031', 'WSP-032'],
    ],
    unverified: ['ERR-001'],
  },
  'it lets every credential in': { fail: ['AUT-001', 'AUT-002', 'AUT-003'] },
  'it answers an example, whatever was sent': {
    fail: ['CRD-004', 'DEF-020', 'MOD-010', 'MOD-011', 'USG-010', 'USG-020', 'USG-030', 'USG-040', 'WSP-010'],
  },
  'no plan limits it': { fail: ['WSP-013', 'WSP-017'], unverified: ['ERR-006', 'WSP-014', 'WSP-015'] },
};

const beyond = Object.values(beyondIt);
const verdictOf = (id: string) => {
  if (beyond.some(({ fail }) => fail?.includes(id))) return 'fail';
  return beyond.some(({ unverified }) => unverified?.includes(id)) ? 'unverified' : 'pass';
};

let mock: Mock;
let report: ConformanceReport;
beforeAll(async () => {
  mock = await startMock();
  const accounts = { funded: { apiKey: 'rb_funded_0123456789' }, other: { apiKey: 'rb_other_0123456789' } };
  const config = { controlPlane: { baseUrl: mock.controlPlaneUrl }, accounts, profiles: ['control-plane' as const] };
  report = await runConformance(config, { seed: 1 });
}, 120_000);
afterAll(() => mock?.close());

describe('a mock without memory', () => {
  it('keeps what one answer shows, and no sentence about what was before it', () => {
    const checkable = listRequirements().filter((row) => row.profile === 'control-plane' && !row.untestable);
    const verdicts = report.results.map(({ id, verdict }) => `${id} ${verdict}`);
    expect(verdicts).toEqual(checkable.map(({ id }) => `${id} ${verdictOf(id)}`));
  });

  it('holds no profile, and the suite says so with exit code 1', () => {
    expect(report.profiles.filter(({ conformant }) => conformant)).toEqual([]);
    expect(exitCodeOf(report)).toBe(1);
  });

  it('is no trouble to the suite: nothing is left behind, and nothing in it fails', () => {
    expect(report.leftBehind).toEqual([]);
    expect(report.stop).toBeNull();
    expect(report.results.filter(({ verdict }) => verdict === 'harness-error')).toEqual([]);
  });
});
