const MASK = '*';

/** Takes one secret out of what passes. */
export interface Scrubber {
  /** The secret as it is, in base64 and as URLs write it: what a stream must not spell out either. */
  readonly spellings: readonly string[];
  carries(text: string): boolean;
  /** The same bytes where the secret is not in them; else the secret masked, length and JSON kept. */
  scrub(bytes: Buffer): Buffer;
}

/** Looks for a provider's key as it is, in base64 and hexadecimal, alone or inside of more, and as URLs and JSON write it. */
export function createScrubber(secret: string): Scrubber {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const hex = Buffer.from(secret).toString('hex');
  const forms = [
    secret,
    encodeURIComponent(secret),
    ...jsonSpellings(secret),
    base64,
    ...[0, 1, 2].flatMap((offset) => base64Inside(secret, offset)),
    hex,
    hex.toUpperCase(),
  ];
  // A form inside of another one is found with it.
  const shortest = [...new Set(forms)].filter(
    (form, _, all) => !all.some((other) => other !== form && form.includes(other)),
  );
  const needles = shortest.map((form) => Buffer.from(form));
  return {
    spellings: [...new Set([secret, base64, encodeURIComponent(secret)])],
    carries: (text) => shortest.some((form) => text.includes(form)),
    scrub(bytes) {
      let clean = bytes;
      for (const needle of needles) {
        for (let at = clean.indexOf(needle); at !== -1; at = clean.indexOf(needle, at)) {
          if (clean === bytes) clean = Buffer.from(bytes);
          clean.fill(MASK, at, at + needle.length);
        }
      }
      return clean;
    },
  };
}

/** With the escapes that encoders put in: only where they must, for slashes, or for everything that is no letter or digit. */
function jsonSpellings(secret: string): readonly string[] {
  const plain = JSON.stringify(secret).slice(1, -1);
  const escapedAs = (hexOf: (code: string) => string) =>
    secret.replace(/[^A-Za-z0-9]/g, (letter) => `\\u${hexOf(letter.charCodeAt(0).toString(16).padStart(4, '0'))}`);
  return [plain, plain.replaceAll('/', '\\/'), escapedAs((code) => code), escapedAs((code) => code.toUpperCase())];
}

/**
 * What of a text's base64 stays the same when `offset` bytes (modulo 3) and any others stand around it, as in
 * `user:secret`; in both alphabets.
 */
function base64Inside(secret: string, offset: number): readonly string[] {
  const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((alphabet) => padded.toString(alphabet).slice(start, end));
}
