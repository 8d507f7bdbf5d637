const MASK = '*';

/** Takes one secret out of what passes. */
export interface Scrubber {
  /** The secret as it is, in base64 and as URLs write it: what a stream must not spell out either. */
  readonly spellings: readonly string[];
  carries(text: string): boolean;
  /** The same bytes where the secret is not in them; else the secret masked, length and JSON kept. */
  scrub(bytes: Buffer): Buffer;
}

/** Looks for a provider's key as it is, in base64, and as URLs and JSON write it. */
export function createScrubber(secret: string): Scrubber {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
  const needles = [...new Set(forms)].map((form) => Buffer.from(form));
  return {
    spellings: [...new Set([secret, base64, encodeURIComponent(secret)])],
    carries: (text) => forms.some((form) => text.includes(form)),
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
