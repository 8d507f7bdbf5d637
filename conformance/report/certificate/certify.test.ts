import { describe, expect, it } from 'vitest';
import { certifiableReport, keyPair } from '../../fixtures/certified.ts';
import { resultOf } from '../../fixtures/reports.ts';
import type { ConformanceReport, Result } from '../report.ts';
import { certify } from './certify.ts';

const { privateKey } = keyPair();
const passedAnd = (...more: readonly Result[]) =>
  certifiableReport({ results: [...certifiableReport().results, ...more] });
const full = certifiableReport();

describe('certifying a run', () => {
  it('names suite, contract, configuration, target, time, profiles and every verdict', () => {
    const certification = certify(full, privateKey);
    expect(certification).toMatchObject({
      kind: 'certified',
      certificate: {
        suite: { name: 'rigkit', version: '1.2.3' },
        contract: { controlPlane: { version: '1.1.0', sha256: full.contract.sha256.controlPlane } },
        configuration: { sha256: full.configuration.sha256 },
        target: { controlPlane: 'https://staging.example/api/v1', proxy: 'https://ai.staging.example' },
        startedAt: '2026-01-31T12:00:00.000Z',
        endedAt: '2026-01-31T12:00:01.234Z',
        profiles: ['byok'],
        verdicts: full.results.map(({ id, level, verdict }) => ({ id, level, verdict })),
      },
    });
  });

  it('has no proxy among its targets where there was none', () => {
    const certification = certify(
      certifiableReport({ target: { controlPlane: 'https://x', proxy: null } }),
      privateKey,
    );
    expect(certification).toMatchObject({ kind: 'certified', certificate: { target: { controlPlane: 'https://x' } } });
    expect(JSON.stringify(certification)).not.toContain('"proxy"');
  });

  it.each<[string, ConformanceReport]>([
    ['a SHOULD that is not followed', passedAnd(resultOf('TST-001', 'fail', { level: 'SHOULD' }))],
    ['a MUST that does not apply', passedAnd(resultOf('TST-001', 'not-applicable'))],
    [
      'a narrower choice of profiles',
      certifiableReport({ selection: { profiles: ['byok'], only: [], skipped: ['subjects'] } }),
    ],
  ])('is not refused for %s', (_, report) => {
    expect(certify(report, privateKey).kind).toBe('certified');
  });

  it.each<[string, ConformanceReport, string]>([
    ['a baseline', certifiableReport({ baseline: [] }), 'a run with a baseline'],
    ['a filter', certifiableReport({ selection: { profiles: ['byok'], only: ['BYK-001'], skipped: [] } }), '--only'],
    ['a broken MUST', passedAnd(resultOf('TST-001', 'fail')), '1 MUST broken: TST-001'],
    ['an unverified MUST', passedAnd(resultOf('TST-001', 'unverified')), '1 requirement unverified: TST-001'],
    ['an unverified SHOULD', passedAnd(resultOf('TST-001', 'unverified', { level: 'SHOULD' })), 'unverified: TST-001'],
    ['a harness error', passedAnd(resultOf('TST-001', 'harness-error')), '1 harness error: TST-001'],
    [
      'a run that was stopped',
      certifiableReport({ stop: { kind: 'interrupted', message: 'stopped', hint: '' } }),
      'did not come to its end',
    ],
    ['a run of nothing', certifiableReport({ results: [] }), 'nothing was shown'],
    [
      'a declared profile of which nothing was shown',
      certifiableReport({ profiles: full.profiles.map((profile) => ({ ...profile, conformant: false })) }),
      'nothing was shown of byok',
    ],
  ])('is refused for %s, in one line', (_, report, words) => {
    const certification = certify(report, privateKey);
    expect(certification).toEqual({ kind: 'refused', reason: expect.stringContaining(words) });
    expect(JSON.stringify(certification)).not.toContain('\\n');
  });
});
