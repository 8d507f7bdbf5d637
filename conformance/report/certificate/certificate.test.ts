import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certifiableReport, keyPair } from '../../fixtures/certified.ts';
import { pathsIn, withValueAt } from '../../fixtures/json-edits.ts';
import { makeResult } from '../../fixtures/reports.ts';
import { canonicalJson } from '../digests.ts';
import type { ConformanceReport, Result } from '../report.ts';
import { type Certificate, certificateText, certify, verifyCertificate } from './certificate.ts';
import { publicKeyText } from './keys.ts';

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
    ['a SHOULD that is not followed', passedAnd(makeResult('TST-001', 'fail', { level: 'SHOULD' }))],
    ['a MUST that does not apply', passedAnd(makeResult('TST-001', 'not-applicable'))],
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
    ['a broken MUST', passedAnd(makeResult('TST-001', 'fail')), '1 MUST broken: TST-001'],
    ['an unverified MUST', passedAnd(makeResult('TST-001', 'unverified')), '1 requirement unverified: TST-001'],
    [
      'an unverified SHOULD',
      passedAnd(makeResult('TST-001', 'unverified', { level: 'SHOULD' })),
      'unverified: TST-001',
    ],
    ['a harness error', passedAnd(makeResult('TST-001', 'harness-error')), '1 harness error: TST-001'],
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

const keys = keyPair();
const certificate = certified();
const text = certificateText(certificate);
const valid = { kind: 'valid', trusted: true, complete: true };

function certified(report = certifiableReport()): Certificate {
  const certification = certify(report, keys.privateKey);
  if (certification.kind === 'refused') throw new Error(certification.reason);
  return certification.certificate;
}

const verdictOn = (json: unknown) => verifyCertificate(JSON.stringify(json), { publicKey: keys.publicKey });
const minified = (json: string) => json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');

/** As a forger signs it, with the key that the document names. */
function resigned(document: object, by = keys): unknown {
  const unsigned = { ...document, publicKey: publicKeyText(by.publicKey), signature: undefined };
  const { signature: _, ...rest } = unsigned;
  return { ...rest, signature: sign(null, Buffer.from(canonicalJson(rest)), by.privateKey).toString('base64') };
}

describe('verifying a certificate', () => {
  it('accepts it as it was written, with the key that signed it', () => {
    expect(verifyCertificate(text, { publicKey: keys.publicKey })).toMatchObject(valid);
  });

  it('says that nobody vouches for the key where none was given', () => {
    expect(verifyCertificate(text)).toMatchObject({ kind: 'valid', trusted: false });
  });

  it('accepts other white space, other line ends, and another order of keys', () => {
    const { signature, ...rest } = certificate;
    for (const other of [minified(text), text.replaceAll('\n', '\r\n'), JSON.stringify({ signature, ...rest })]) {
      expect(verifyCertificate(other, { publicKey: keys.publicKey })).toMatchObject(valid);
    }
  });

  it('rejects the removal or replacement of any value, wherever it stands', () => {
    const others = [undefined, null, '', 'x', 0, 1, [], {}, 'pass', 'MUST', true];
    for (const path of pathsIn(certificate)) {
      for (const other of others) {
        const edited = withValueAt(certificate, path, other);
        if (edited === undefined || canonicalOrNot(edited) === canonicalJson(certificate)) continue;
        expect(verdictOn(edited), `${path.join('/')} = ${JSON.stringify(other)}`).toMatchObject({ kind: 'rejected' });
      }
    }
  });

  it('rejects a field or an item more, wherever it is added', () => {
    for (const path of pathsIn(certificate)) {
      const at = path.reduce<unknown>((json, step) => Reflect.get(Object(json), step), certificate);
      const edited = Array.isArray(at) ? [...at, at[0]] : typeof at === 'object' ? { ...at, note: 'x' } : undefined;
      if (edited === undefined) continue;
      expect(verdictOn(withValueAt(certificate, path, edited)), path.join('/')).toMatchObject({ kind: 'rejected' });
    }
  });

  it('rejects verdicts in another order', () => {
    const edited = { ...certificate, verdicts: certificate.verdicts.toReversed() };
    expect(verdictOn(edited)).toMatchObject({ kind: 'rejected' });
  });

  it('rejects any change of the file that is not white space alone', () => {
    const edit = fc.record({
      at: fc.nat(text.length - 1),
      takes: fc.nat(3),
      puts: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom('=', '0', 'A', '\\u0041', 'é', '\u{1f600}', '\u0000'),
      ),
    });
    fc.assert(
      fc.property(edit, ({ at, takes, puts }) => {
        const edited = text.slice(0, at) + puts + text.slice(at + takes);
        fc.pre(minified(edited) !== minified(text));
        expect(verifyCertificate(edited, { publicKey: keys.publicKey })).toMatchObject({ kind: 'rejected' });
      }),
      { numRuns: 2_000 },
    );
  });

  it('rejects a key that stands twice, although a parser reads the signed value', () => {
    const edited = text.replace('"runId"', '"runId": "other",\n  "runId"');
    expect(JSON.parse(edited)).toEqual(certificate);
    expect(verifyCertificate(edited)).toMatchObject({ kind: 'rejected' });
  });

  it('rejects a field called __proto__', () => {
    const edited = text.replace('"runId"', '"__proto__": null,\n  "runId"');
    expect(verifyCertificate(edited)).toMatchObject({ kind: 'rejected' });
  });

  it('rejects another spelling of the same signature or key', () => {
    const { signature, publicKey } = certificate;
    const [letter = ''] = signature.slice(-3);
    const sibling = String.fromCharCode(letter.charCodeAt(0) + 1);
    const spellings = [
      signature.replace(/=+$/, ''),
      `${signature}\n`,
      `${signature.slice(0, -3)}${sibling}==`,
      ` ${signature}`,
    ];
    for (const spelling of spellings) expect(verdictOn({ ...certificate, signature: spelling }).kind).toBe('rejected');
    expect(verdictOn(resigned({ ...certificate, publicKey: `${publicKey} ` })).kind).toBe('valid');
    expect(verdictOn({ ...certificate, publicKey: `${publicKey} ` }).kind).toBe('rejected');
  });

  it('rejects what another key signed, where a key is asked for', () => {
    const forged = JSON.stringify(
      resigned({ ...certificate, target: { controlPlane: 'https://evil.example' } }, keyPair()),
    );
    expect(verifyCertificate(forged)).toMatchObject({ kind: 'valid', trusted: false });
    const verification = verifyCertificate(forged, { publicKey: keys.publicKey });
    expect(verification).toEqual({
      kind: 'rejected',
      reason: expect.stringContaining('another key signed it: SHA256:'),
    });
  });

  it('rejects what leaves out a requirement of its profiles, though it is signed', () => {
    const [left, ...verdicts] = certificate.verdicts;
    expect(verdictOn(resigned({ ...certificate, verdicts }))).toEqual({
      kind: 'rejected',
      reason: `it leaves out requirements of its profiles: ${left?.id}`,
    });
  });

  it('rejects a requirement whose level was lowered, though it is signed', () => {
    const verdicts = certificate.verdicts.map((row) => ({ ...row, level: 'MAY' }));
    expect(verdictOn(resigned({ ...certificate, verdicts }))).toMatchObject({ kind: 'rejected' });
  });

  it.each([
    ['a broken MUST', { level: 'MUST', verdict: 'fail' }],
    ['an unverified SHOULD', { level: 'SHOULD', verdict: 'unverified' }],
  ])('rejects %s, though it is signed', (_, row) => {
    const verdicts = [...certificate.verdicts, { id: 'TST-001', ...row }];
    expect(verdictOn(resigned({ ...certificate, verdicts }))).toMatchObject({ kind: 'rejected' });
  });

  it('accepts one of another contract, and says that it could not look for what was left out', () => {
    const sha256 = { controlPlane: 'a'.repeat(64), managedProxy: 'b'.repeat(64) };
    const report = certifiableReport({ contract: { controlPlane: '9', managedProxy: '9', sha256 } });
    expect(verdictOn(certified(report))).toMatchObject({ kind: 'valid', complete: false });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'valid'],
    ['null', 'null'],
    ['a list', '[]'],
    ['another document', '{"kind":"x"}'],
    ['a document that is nested too deep', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['half a surrogate pair', text.replace(certificate.runId, '\\ud800')],
  ])('rejects %s, with a reason in one line', (_, given) => {
    expect(verifyCertificate(given)).toEqual({ kind: 'rejected', reason: expect.stringMatching(/^[^\n]+$/) });
  });

  it('names the version of one that a later rigkit made', () => {
    expect(verdictOn({ ...certificate, schemaVersion: 2 })).toMatchObject({
      reason: expect.stringContaining('version is 2'),
    });
  });
});

function canonicalOrNot(json: unknown): string | undefined {
  try {
    return canonicalJson(json);
  } catch {
    return undefined;
  }
}
