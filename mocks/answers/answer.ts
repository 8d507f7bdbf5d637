/** What a mock answers, before it is written out. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent on answers without content. A string where the media type is not JSON. */
  readonly body?: unknown;
}

/** Says that an answer is not what the contract, or the caller, would lead one to expect: `undocumented` or `chaos`. */
export const MOCK_HEADER = 'x-rigkit-mock';

/** The text of a body; streams are left to whoever paces them. */
export function textOf({ body, headers }: Answer): string | undefined {
  if (body === undefined) return undefined;
  const isText = typeof body === 'string' && !/[/+]json\b/.test(headers['content-type'] ?? '');
  return isText ? body : JSON.stringify(body);
}
