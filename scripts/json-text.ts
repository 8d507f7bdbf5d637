/** JSON for people and for differences: a member on each line, but the points of a series together on one. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(POINTS, (points) => points.replace(/\s+/g, ''));
}

const POINT = String.raw`\{\s+"t": \d+,\s+"v": [\d.e+-]+\s+\}`;
const POINTS = new RegExp(String.raw`\[\s+${POINT}(,\s+${POINT})*\s+\]`, 'g');
