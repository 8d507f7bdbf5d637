/** The function, which remembers its last answers by their argument: `capacity` of them, the oldest forgotten first. */
export function memoised<T>(make: (text: string) => T, capacity: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= capacity) for (const oldest of known.keys()) if (known.delete(oldest)) break;
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
