import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  createKeyPair,
  keyFingerprint,
  publicKeyText,
  readPublicKey,
  type Verification,
  verifyCertificate,
} from '../../conformance/index.ts';
import { UsageError } from '../usage-error.ts';

/** `rigkit conformance keygen` and `verify`: the steps before and after `--certify`. */
export function addCertificate(conformance: Command): void {
  conformance
    .command('keygen')
    .description('make the key pair that certificates are signed and verified with')
    .option('--out <folder>', 'where to write certificate-key.pem (secret) and certificate-key.pub.pem', '.')
    .action(async ({ out }: { out: string }) => {
      const secret = join(out, 'certificate-key.pem');
      const open = join(out, 'certificate-key.pub.pem');
      const existing = [secret, open].find((file) => existsSync(file));
      if (existing !== undefined) throw new UsageError(`${existing} exists: a key is not overwritten`);
      const pair = createKeyPair();
      await mkdir(out, { recursive: true });
      await writeFile(secret, pair.privateKey, { flag: 'wx', mode: 0o600 });
      await writeFile(open, pair.publicKey, { flag: 'wx' });
      const fingerprint = keyFingerprint(publicKeyText(await readPublicKey(open)));
      console.log(`${secret}   keep it secret; do not commit it\n${open}   publish it\n${fingerprint}`);
    });

  conformance
    .command('verify')
    .description('check the signature of a certificate; exit code 1 if it does not match')
    .argument('<file>', 'the certificate.json')
    .option('--public-key <file>', 'the key that must have signed it (PEM)')
    .option('--json', 'print JSON')
    .action(async (file: string, _: object, command: Command) => {
      const { publicKey, json } = command.optsWithGlobals<{ publicKey?: string; json?: boolean }>();
      const key = publicKey === undefined ? undefined : await readPublicKey(publicKey);
      const verification = verifyCertificate(await readCertificate(file), { publicKey: key });
      console.log(json ? JSON.stringify(verification, null, 2) : verificationText(verification));
      process.exitCode = verification.kind === 'valid' ? 0 : 1;
    });
}

async function readCertificate(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read ${file} (${error.code ?? error.message})`);
  });
}

function verificationText(verification: Verification): string {
  if (verification.kind === 'rejected') return `rejected: ${verification.reason}`;
  const { certificate, fingerprint, trusted, complete } = verification;
  const { target, profiles, startedAt, suite, verdicts } = certificate;
  return [
    `valid: ${[target.controlPlane, target.proxy].filter((url) => url !== undefined).join(' and ')}`,
    `profiles   ${profiles.join(', ')}`,
    `run        ${startedAt}, ${suite.name} ${suite.version}, ${verdicts.length} requirements`,
    `signed by  ${fingerprint}${trusted ? '' : ' (not checked against a known key; use --public-key FILE)'}`,
    ...(complete
      ? []
      : ['contract   not the version of this rigkit, so it was not checked that all requirements are listed']),
  ].join('\n');
}
