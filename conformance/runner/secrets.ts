/**
 * Every secret of a run, so that none reaches a report, a message or the terminal: secrets are searched for by value,
 * as they are and in the encodings that a platform may answer them in.
 */
export interface Secrets {
  /**
   * Registers a secret under the name that stands for it: an environment variable's, because a replayed command line
   * shows that name. The first name of a value stays. Values under 4 characters are ignored: they are no secrets, and
   * hiding them would hide the evidence.
   */
  add(value: string, name: string): void;
  /** The text in pieces: plain ones, and the places where a secret stood. */
  split(text: string): readonly Piece[];
  /** The text with `[redacted NAME]` in the place of every secret. */
  redact(text: string): string;
}

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** Plain or encoded: what stood there was the secret of this name. */
  | { readonly kind: 'secret'; readonly name: string };

export type SecretForm = 'plain' | 'base64' | 'url-encoded' | 'json-escaped' | 'html-escaped' | 'hex';

const SHORTEST_SECRET = 4;

/** An empty collection: whatever makes or learns a secret adds it. */
export function createSecrets(): Secrets {
  /** Names by the writings of their secrets, without backslashes. */
  const known = new Map<string, string>();
  const sought = new Set<string>();
  let pattern: RegExp | undefined;

  function add(value: string, name: string): void {
    if (value.length < SHORTEST_SECRET || known.has(bare(value))) return;
    // The names of headers arrive in lower case, whatever the platform wrote there.
    for (const text of [...writings(value).map(([text]) => text), value.toLowerCase()]) {
      if (bare(text).length < SHORTEST_SECRET) continue;
      sought.add(text);
      if (!known.has(bare(text))) known.set(bare(text), name);
    }
    pattern = undefined;
  }

  function split(text: string): readonly Piece[] {
    if (known.size === 0) return [{ kind: 'text', text }];
    pattern ??= patternOf([...sought]);
    const pieces: Piece[] = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const name = known.get(bare(match[0]));
      if (name === undefined) continue;
      if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
      pieces.push({ kind: 'secret', name });
      end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
    return pieces;
  }

  function redact(text: string): string {
    return split(text)
      .map((piece) => (piece.kind === 'text' ? piece.text : `[redacted ${piece.name}]`))
      .join('');
  }

  return { add, split, redact };
}

const HTML_ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };

/** The ways a value is written in headers, bodies and streams; the plain one first. */
export function writings(value: string): readonly (readonly [string, SecretForm])[] {
  const encoded = encodeURIComponent(value);
  const hex = Buffer.from(value).toString('hex');
  return [
    [value, 'plain'],
    [JSON.stringify(value).slice(1, -1), 'json-escaped'],
    [value.replace(/[&<>"']/g, (sign) => `&${HTML_ENTITIES[sign]};`), 'html-escaped'],
    [encoded, 'url-encoded'],
    [encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()), 'url-encoded'],
    [hex, 'hex'],
    [hex.toUpperCase(), 'hex'],
    ...base64Writings(value).map((text) => [text, 'base64'] as const),
  ];
}

/**
 * A secret inside a longer encoded text (`user:secret`) starts at any of three offsets, and its first and last
 * character are mixed with what stands beside it: those are left out, which still hides all but a few bits.
 */
function base64Writings(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const whole = [bytes.toString('base64'), bytes.toString('base64url')];
  const inside = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((padded.length * 8) / 6);
    return (['base64', 'base64url'] as const).map((encoding) => padded.toString(encoding).slice(from, to));
  });
  return [...whole, ...inside];
}

function bare(text: string): string {
  return text.replaceAll('\\', '');
}

/**
 * Longest first: a secret that contains another is hidden as a whole. JSON inside of JSON has more backslashes with every
 * layer, and some encoders put one before a slash: any number of them is the same secret.
 */
function patternOf(texts: readonly string[]): RegExp {
  const patterns = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/"-]/g, (sign) => SPELLINGS[sign] ?? `\\${sign}`));
  return new RegExp(patterns.join('|'), 'g');
}

const SPELLINGS: Readonly<Record<string, string>> = { '\\': '\\\\+', '"': '\\\\*"', '/': '\\\\*/' };
