import { type KeyObject, verify } from 'node:crypto';
import { catalogue, type Requirement, testable } from '../../checks/catalogue.ts';
import { problemsOf } from '../../platform/config.ts';
import { canonicalJson } from '../canonical-json.ts';
import { contractDigest } from '../contract-digest.ts';
import { visibleLine } from '../visible.ts';
import { CERTIFICATE_SCHEMA_VERSION, type Certificate, certificateSchema } from './certificate.ts';
import { fingerprintOf, publicKeyFrom, publicKeyText } from './keys.ts';

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
  const version = schemaVersionOf(json);
  if (typeof version === 'number' && version > CERTIFICATE_SCHEMA_VERSION) {
    return rejected(`its schema version is ${version}: a later rigkit made it, and can verify it`);
  }
  const shape = certificateSchema.safeParse(json);
  if (!shape.success) return rejected(`it is no certificate: ${shape.error.issues.flatMap(problemsOf).join('; ')}`);
  const certificate = shape.data;
  if (!isSigned(json, certificate)) return rejected('its signature does not fit: it was edited after it was signed');
  return judge(certificate, options);
}

function judge(certificate: Certificate, { publicKey, requirements = catalogue }: VerifyOptions): Verification {
  const fingerprint = fingerprintOf(certificate.publicKey);
  if (publicKey !== undefined && publicKeyText(publicKey) !== certificate.publicKey) {
    return rejected(`another key signed it: ${fingerprint}, not ${fingerprintOf(publicKeyText(publicKey))}`);
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

function schemaVersionOf(json: unknown): unknown {
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
