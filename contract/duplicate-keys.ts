/** Whole strings, and what opens and closes objects and lists; everything else of a JSON text tells nothing of keys. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g;
const COLON_NEXT = /\s*:/y;

/**
 * Whether any object in a valid JSON text has a key twice, however it is escaped. `JSON.parse` takes the last one, other
 * readers take the first: which of the two counts would be a guess. Keeps its own stack: nesting is the caller's.
 */
export function hasDuplicateKey(json: string): boolean {
  // The keys seen of each object and list that is open; most have none, and a body of braces must not cost a set each.
  const open: (Set<string> | undefined)[] = [];
  for (const { 0: token, index } of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (isKey(json, index + token.length)) {
      const key: string = token.includes('\\') ? JSON.parse(token) : token.slice(1, -1);
      const keys = open.pop() ?? new Set<string>();
      if (keys.has(key)) return true;
      open.push(keys.add(key));
    }
  }
  return false;
}

function isKey(json: string, end: number): boolean {
  COLON_NEXT.lastIndex = end;
  return COLON_NEXT.test(json);
}
