import { z } from 'zod';

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
