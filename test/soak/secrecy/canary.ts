import type { Chance } from '../../harness/chance.ts';

/** A key that is nowhere but where it was put. */
export interface Canary {
  /** Whose it is. */
  readonly name: string;
  readonly key: string;
  /** The part of it that is random, and that no encoding of texts changes. */
  readonly core: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CORE_LENGTH = 28;

/** The prefix is what such keys begin with. */
export function drawCanary(name: string, prefix: string, chance: Chance): Canary {
  const core = Array.from({ length: CORE_LENGTH }, () => chance.pick([...ALPHABET])).join('');
  return { name, core, key: prefix + core };
}

/** Every way in which a key that leaks might be written. The core stands in the whole key, in plain, in URLs and in JSON. */
function spellings(core: string): ReadonlyMap<string, readonly string[]> {
  const bytes = Buffer.from(core);
  const hex = bytes.toString('hex');
  const units = hex.match(/../g) ?? [];
  const base64 = [0, 1, 2].map((shift) => insideBase64(bytes, shift));
  return new Map([
    ['plain', [core]],
    ['backwards', [[...core].reverse().join('')]],
    ['hex', [hex, hex.toUpperCase(), units.join(' '), units.join(':')]],
    ['base64', base64],
    ['base64url', base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))],
    ['percent escapes', [units.map((unit) => `%${unit}`).join('')]],
    ['unicode escapes', [units.map((unit) => `\\u00${unit}`).join('')]],
    ['UTF-16', [Buffer.from(core, 'utf16le').toString('latin1')]],
  ]);
}

/** What of base64 depends on the bytes alone, if `shift` others stand before them and any behind them. */
function insideBase64(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const from = shift === 0 ? 0 : shift + 1;
  const isWhole = (shift + bytes.length) % 3 === 0;
  return text.slice(from, isWhole ? undefined : -1);
}

/** Looks for canaries, in every form, in whatever it is shown. */
export interface Scanner {
  scan(where: string, what: string | Buffer): void;
  /** One line for every leak. */
  readonly leaks: readonly string[];
  readonly scannedBytes: number;
}

export function createScanner(canaries: readonly Canary[]): Scanner {
  const forms = canaries.flatMap(({ name, core }) =>
    [...spellings(core)].flatMap(([form, texts]) =>
      [...new Set(texts)].map((text) => ({ what: `the key of ${name} in ${form}`, text })),
    ),
  );
  const leaks = new Set<string>();
  let scannedBytes = 0;
  return {
    scan(where, what) {
      const text = typeof what === 'string' ? what : what.toString('latin1');
      scannedBytes += text.length;
      for (const form of forms) if (text.includes(form.text)) leaks.add(`${form.what} in ${where}`);
    },
    get leaks() {
      return [...leaks];
    },
    get scannedBytes() {
      return scannedBytes;
    },
  };
}
