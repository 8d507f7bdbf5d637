const MASK = '*';

/**
 * Takes a provider's key out of what passes, so that no provider can hand it to a caller. What passes is looked at event by
 * event and response by response, wherever the network cuts them. A provider that spells the key out over several events is
 * not caught: it knows the key, and could as well write it backwards.
 */
export interface Scrubber {
  carries(text: string): boolean;
  /** The same bytes where the secret is not in them; else a copy with the secret masked, in the same length. */
  scrub(bytes: Buffer): Buffer;
}

/** Looks for the key as it is, in base64 and hexadecimal, alone or inside of more, and as URLs and JSON write it. */
export function createScrubber(secret: string): Scrubber {
  const hex = Buffer.from(secret).toString('hex');
  const forms = [
    secret,
    encodeURIComponent(secret),
    ...jsonSpellings(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
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

/** With the escapes that encoders put in: where they must, for slashes, or for everything but letters and digits. */
function jsonSpellings(secret: string): readonly string[] {
  const plain = JSON.stringify(secret).slice(1, -1);
  const escapedAs = (toCase: (hex: string) => string) =>
    secret.replace(/[^A-Za-z0-9]/g, (letter) => `\\u${toCase(letter.charCodeAt(0).toString(16).padStart(4, '0'))}`);
  return [plain, plain.replaceAll('/', '\\/'), escapedAs((hex) => hex), escapedAs((hex) => hex.toUpperCase())];
}

/**
 * What of a text's base64 stays the same when `offset` bytes (modulo 3) and any others stand around it, as in `user:secret`;
 * in both alphabets.
 */
function base64Inside(secret: string, offset: number): readonly string[] {
  const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((alphabet) => padded.toString(alphabet).slice(start, end));
}
