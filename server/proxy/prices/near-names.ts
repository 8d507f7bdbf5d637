/** Names of models that a wrong or unknown name may mean. */
const MOST_SUGGESTIONS = 5;
/** Shorter texts are part of almost every name. */
const SHORTEST = 3;

/** Similar names, nearest first: a few letters apart, or one contains the other. */
export function nearNames(asked: string, names: Iterable<string>): readonly string[] {
  const wanted = asked.toLowerCase();
  const reach = Math.max(2, Math.floor(wanted.length / 4));
  return [...new Set(names)]
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= reach || isLonger(wanted, name.toLowerCase()))
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ name }) => name);
}

const MOST_RELATIVES = 3;
/** Longer names are no model's; to compare them would be work for nothing. */
const LONGEST_NAME = 64;

/**
 * Names of the family that a name seems to be a newer member of, nearest first: `gpt-5.7` is of `gpt-`, `claude-sonnet-6`
 * of `claude-sonnet-`. Empty for a family that has no name.
 */
export function familyNames(asked: string, names: Iterable<string>): readonly string[] {
  if (asked.length > LONGEST_NAME) return [];
  const family = readFamily(asked);
  if (family === '') return [];
  return [...names]
    .filter((name) => readFamily(name) === family)
    .map((name) => ({ name, distance: distanceTo(asked, name) }))
    .sort((a, b) => a.distance - b.distance || b.name.localeCompare(a.name))
    .slice(0, MOST_RELATIVES)
    .map(({ name }) => name);
}

function readFamily(name: string): string {
  return name.slice(0, Math.max(0, name.search(/\d/)));
}

function isLonger(wanted: string, name: string): boolean {
  return (wanted.length >= SHORTEST && name.includes(wanted)) || (name.length >= SHORTEST && wanted.startsWith(name));
}

/** The Levenshtein distance. */
function distanceTo(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
