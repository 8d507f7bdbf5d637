import { type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { catalogue, type Requirement, testable } from '../../checks/check.ts';
import { describeIssue } from '../../platform/config.ts';
import { canonicalJson, contractDigest } from '../digests.ts';
import { countNoun } from '../findings.ts';
import type { ConformanceReport, Result } from '../report.ts';
import { visibleLine } from '../visible.ts';
import { keyFingerprint, publicKeyFrom, publicKeyText } from './keys.ts';

/** Raised when a field is renamed, removed or changes its meaning. */
export const CERTIFICATE_SCHEMA_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
const name = z.string().min(1);
const document = z.strictObject({ version: name, sha256 });

/** The verdicts that a certificate can hold: a broken MUST or an unverified requirement is none of them. */
const verdict = z.union(
  [
    z.strictObject({ id: name, level: z.literal('MUST'), verdict: z.enum(['pass', 'not-applicable']) }),
    z.strictObject({
      id: name,
      level: z.enum(['SHOULD', 'MAY']),
      verdict: z.enum(['pass', 'fail', 'not-applicable']),
    }),
  ],
  { error: 'expected a verdict that a certificate can hold' },
);

const unsigned = z.strictObject({
  /** Says what was signed: no other signature of the same key can be taken for this one. */
  kind: z.literal('rigkit-conformance-certificate'),
  schemaVersion: z.literal(CERTIFICATE_SCHEMA_VERSION, `expected ${CERTIFICATE_SCHEMA_VERSION}`),
  suite: z.strictObject({ name, version: name }),
  /** The documents that the platform was held to, with the SHA-256 of their bundles. */
  contract: z.strictObject({ controlPlane: document, managedProxy: document }),
  /** Of the configuration without its secrets. */
  configuration: z.strictObject({ sha256 }),
  /** Base URLs; without a proxy there is no such key. */
  target: z.strictObject({ controlPlane: name, proxy: name.optional() }),
  runId: name,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** What the platform was held to, and nothing else is certified. */
  profiles: z.array(name).min(1),
  /** Of every requirement of these profiles that a check can decide, in the order of the catalogue. */
  verdicts: z.array(verdict).min(1),
  /** The signer's, base64 of the DER form (SPKI): the body of a `PUBLIC KEY` PEM file. */
  publicKey: name,
});

/** What a certificate says, before it is signed. */
export type UnsignedCertificate = z.output<typeof unsigned>;

export const certificateSchema = unsigned.extend({
  /** Ed25519 over the canonical JSON of all the other fields, base64. */
  signature: name,
});

/** The signed result of a run that found its platform conformant. */
export type Certificate = z.output<typeof certificateSchema>;

/** What certifying a report came to. */
export type Certification =
  | { readonly kind: 'certified'; readonly certificate: Certificate }
  /** `reason` is one line. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Signs the result of a run. Refused with a baseline, of a run that was narrowed to single requirements or did not come
 * to its end, and where a MUST is broken or anything is unverified. Narrowing to profiles is no reason: a certificate
 * names its profiles. A broken SHOULD or MAY is none either: it stands among the verdicts.
 */
export function certify(report: ConformanceReport, privateKey: KeyObject): Certification {
  const reason = findRefusal(report);
  if (reason !== undefined) return { kind: 'refused', reason };
  const unsigned = toUnsigned(report, publicKeyText(privateKey));
  const signature = sign(null, Buffer.from(canonicalJson(unsigned)), privateKey).toString('base64');
  return { kind: 'certified', certificate: certificateSchema.parse({ ...unsigned, signature }) };
}

/** As it stands in a file. */
export function certificateText(certificate: Certificate): string {
  return `${JSON.stringify(certificate, null, 2)}\n`;
}

function findRefusal({ stop, baseline, selection, results, profiles }: ConformanceReport): string | undefined {
  const of = (matches: (result: Result) => boolean) => results.filter(matches);
  if (stop !== null) return `the run did not come to its end: ${visibleLine(stop.message)}`;
  if (baseline !== null) return 'it was a run with a baseline';
  if (selection.only.length > 0) return 'only some requirements ran (--only)';
  const broken = of(({ level, verdict }) => level === 'MUST' && verdict === 'fail');
  if (broken.length > 0) return `${countNoun(broken.length, 'MUST')} broken: ${listIds(broken)}`;
  const errors = of(({ verdict }) => verdict === 'harness-error');
  if (errors.length > 0) return `${countNoun(errors.length, 'harness error')}: ${listIds(errors)}`;
  const open = of(({ verdict }) => verdict === 'unverified');
  if (open.length > 0) return `${countNoun(open.length, 'requirement')} unverified: ${listIds(open)}`;
  const empty = profiles.filter(({ declared, conformant }) => declared && !conformant);
  if (empty.length === 0 && results.length > 0) return undefined;
  return `nothing was shown of ${empty.map(({ profile }) => profile).join(', ') || 'any profile'}`;
}

function listIds(results: readonly Result[]): string {
  return results.map(({ id }) => id).join(' ');
}

function toUnsigned(report: ConformanceReport, publicKey: string): UnsignedCertificate {
  const { suite, contract, configuration, target, runId, startedAt, durationMs, selection, results } = report;
  return {
    kind: 'rigkit-conformance-certificate',
    schemaVersion: CERTIFICATE_SCHEMA_VERSION,
    suite,
    contract: {
      controlPlane: { version: contract.controlPlane, sha256: contract.sha256.controlPlane },
      managedProxy: { version: contract.managedProxy, sha256: contract.sha256.managedProxy },
    },
    configuration,
    target: { controlPlane: target.controlPlane, ...(target.proxy === null ? {} : { proxy: target.proxy }) },
    runId,
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + durationMs).toISOString(),
    profiles: [...selection.profiles],
    verdicts: results.map(({ id, level, verdict }) => ({ id, level, verdict })) as UnsignedCertificate['verdicts'],
    publicKey,
  };
}

export type Verification =
  | {
      readonly kind: 'valid';
      readonly certificate: Certificate;
      /** Of the key that signed. */
      readonly fingerprint: string;
      /** Whether that is the key that was asked for; false also where none was: anybody can sign with a key of theirs. */
      readonly trusted: boolean;
      /** Whether this suite has the contract that the certificate is about, and found no requirement left out. */
      readonly complete: boolean;
    }
  /** `reason` is one line. */
  | { readonly kind: 'rejected'; readonly reason: string };

export interface VerifyOptions {
  /** The key that must have signed. Default: whichever the certificate names, which proves no more than no edit. */
  readonly publicKey?: KeyObject | undefined;
  /** The requirements of the contract. Default: the suite's own. */
  readonly requirements?: readonly Requirement[];
}

/** Holds the text of a certificate against its signature. White space and the order of keys carry no meaning; all else does. */
export function verifyCertificate(text: string, options: VerifyOptions = {}): Verification {
  const json = parse(text);
  if (json === undefined) return rejected('it is not JSON, or not written as a certificate is');
  const version = readSchemaVersion(json);
  if (typeof version === 'number' && version > CERTIFICATE_SCHEMA_VERSION) {
    return rejected(`its schema version is ${version}: a later rigkit made it, and can verify it`);
  }
  const shape = certificateSchema.safeParse(json);
  if (!shape.success) return rejected(`it is no certificate: ${shape.error.issues.flatMap(describeIssue).join('; ')}`);
  const certificate = shape.data;
  if (!isSigned(json, certificate)) return rejected('its signature does not fit: it was edited after it was signed');
  return judge(certificate, options);
}

function judge(certificate: Certificate, { publicKey, requirements = catalogue }: VerifyOptions): Verification {
  const fingerprint = keyFingerprint(certificate.publicKey);
  if (publicKey !== undefined && publicKeyText(publicKey) !== certificate.publicKey) {
    return rejected(`another key signed it: ${fingerprint}, not ${keyFingerprint(publicKeyText(publicKey))}`);
  }
  const complete = isAboutThisContract(certificate);
  const missing = complete ? missingIds(certificate, requirements) : [];
  if (missing.length > 0) return rejected(`it leaves out requirements of its profiles: ${missing.join(' ')}`);
  return { kind: 'valid', certificate, fingerprint, trusted: publicKey !== undefined, complete };
}

function rejected(reason: string): Verification {
  return { kind: 'rejected', reason: visibleLine(reason) };
}

/**
 * A key that stands twice, or a number or text in a spelling of its own, is read one way by this program and may be
 * shown another way to a person: such a file is none that rigkit wrote.
 */
function parse(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    const written = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
    return JSON.stringify(json) === written ? json : undefined;
  } catch {
    return undefined;
  }
}

function readSchemaVersion(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'schemaVersion' in json ? json.schemaVersion : undefined;
}

/** Over what stands in the file, not over what the schema made of it. */
function isSigned(json: unknown, { signature, publicKey }: Certificate): boolean {
  const key = publicKeyFrom(publicKey);
  const bytes = Buffer.from(signature, 'base64');
  if (key === undefined || bytes.toString('base64') !== signature) return false;
  const { signature: _, ...unsigned } = Object(json) as Record<string, unknown>;
  try {
    return verify(null, Buffer.from(canonicalJson(unsigned)), key, bytes);
  } catch {
    // It has no canonical form, so that nothing of the kind was ever signed.
    return false;
  }
}

function isAboutThisContract({ contract }: Certificate): boolean {
  const own = contractDigest();
  return contract.controlPlane.sha256 === own.controlPlane && contract.managedProxy.sha256 === own.managedProxy;
}

function missingIds({ profiles, verdicts }: Certificate, requirements: readonly Requirement[]): readonly string[] {
  const judged = new Set(verdicts.map(({ id, level }) => `${level} ${id}`));
  return testable(requirements)
    .filter(({ id, level, profile }) => profiles.includes(profile) && !judged.has(`${level} ${id}`))
    .map(({ id }) => id);
}
