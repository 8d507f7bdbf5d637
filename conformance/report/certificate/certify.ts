import { type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { countOf } from '../plural.ts';
import type { ConformanceReport, Result } from '../report.ts';
import { visibleLine } from '../visible.ts';
import {
  CERTIFICATE_SCHEMA_VERSION,
  type Certificate,
  certificateSchema,
  type UnsignedCertificate,
} from './certificate.ts';
import { publicKeyText } from './keys.ts';

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
  const reason = refusalOf(report);
  if (reason !== undefined) return { kind: 'refused', reason };
  const unsigned = unsignedOf(report, publicKeyText(privateKey));
  const signature = sign(null, Buffer.from(canonicalJson(unsigned)), privateKey).toString('base64');
  return { kind: 'certified', certificate: certificateSchema.parse({ ...unsigned, signature }) };
}

/** As it stands in a file. */
export function certificateText(certificate: Certificate): string {
  return `${JSON.stringify(certificate, null, 2)}\n`;
}

function refusalOf({ stop, baseline, selection, results, profiles }: ConformanceReport): string | undefined {
  const of = (matches: (result: Result) => boolean) => results.filter(matches);
  if (stop !== null) return `the run did not come to its end: ${visibleLine(stop.message)}`;
  if (baseline !== null) return 'it was a run with a baseline';
  if (selection.only.length > 0) return 'only some requirements ran (--only)';
  const broken = of(({ level, verdict }) => level === 'MUST' && verdict === 'fail');
  if (broken.length > 0) return `${countOf(broken.length, 'MUST')} broken: ${idsOf(broken)}`;
  const errors = of(({ verdict }) => verdict === 'harness-error');
  if (errors.length > 0) return `${countOf(errors.length, 'harness error')}: ${idsOf(errors)}`;
  const open = of(({ verdict }) => verdict === 'unverified');
  if (open.length > 0) return `${countOf(open.length, 'requirement')} unverified: ${idsOf(open)}`;
  const empty = profiles.filter(({ declared, conformant }) => declared && !conformant);
  if (empty.length === 0 && results.length > 0) return undefined;
  return `nothing was shown of ${empty.map(({ profile }) => profile).join(', ') || 'any profile'}`;
}

function idsOf(results: readonly Result[]): string {
  return results.map(({ id }) => id).join(' ');
}

function unsignedOf(report: ConformanceReport, publicKey: string): UnsignedCertificate {
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
