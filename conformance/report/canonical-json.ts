/** What canonical JSON is defined for here: no null, no boolean, no fraction. */
export type Canonical = string | number | readonly Canonical[] | { readonly [key: string]: Canonical };

/**
 * The one way to write a value, which digests and signatures are made of: no white space, keys in the order of their
 * UTF-16 code units, strings with the shortest escapes that JSON has, integers in decimal. For such values it is what RFC
 * 8785 writes. Throws on anything else: a value that two programs might write differently must not be signed.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return stringOf(value);
  if (typeof value === 'number') return integerOf(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) throw new TypeError(`canonical JSON has no ${String(value)}`);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${stringOf(key)}:${canonicalJson(item)}`).join(',')}}`;
}

function stringOf(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('canonical JSON has no half of a surrogate pair');
  return JSON.stringify(text);
}

function integerOf(number: number): string {
  if (!Number.isSafeInteger(number)) throw new TypeError(`canonical JSON has no ${number}: only safe integers`);
  return String(number === 0 ? 0 : number);
}
