/** Buffers as one, without copying those that lie side by side in memory, as the events of one chunk do. */
export function join(buffers: readonly Buffer[]): Buffer {
  const [first, ...others] = buffers;
  if (first === undefined) return Buffer.alloc(0);
  const runs: Buffer[] = [];
  let start = first;
  let end = first.byteOffset + first.length;
  const close = () => runs.push(Buffer.from(start.buffer, start.byteOffset, end - start.byteOffset));
  for (const next of others) {
    if (next.buffer !== start.buffer || next.byteOffset !== end) {
      close();
      start = next;
    }
    end = next.byteOffset + next.length;
  }
  close();
  return runs.length === 1 && runs[0] !== undefined ? runs[0] : Buffer.concat(runs);
}
