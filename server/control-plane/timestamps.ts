/** RFC 3339 in UTC, with milliseconds: how every point in time is answered (contract section 1). */
export function timestamp(at: number): string {
  return new Date(at).toISOString();
}
