/** What is wrong with the Node that runs, or undefined. `needed` is the manifest's range, `>=24.18.0`. */
export function nodeObjection(running: string, needed: string): string | undefined {
  const least = needed.replace(/^>=/, '');
  if (!isOlder(parseVersion(running), parseVersion(least))) return undefined;
  return `Node ${least} or later is needed, and this is Node ${running}; see https://nodejs.org`;
}

/** A pre-release of a version counts as that version. */
function parseVersion(version: string): readonly number[] {
  return (version.split('-')[0] ?? '').split('.').map(Number);
}

function isOlder(version: readonly number[], least: readonly number[]): boolean {
  const differs = least.findIndex((number, index) => number !== version[index]);
  return differs !== -1 && (version[differs] ?? 0) < (least[differs] ?? 0);
}
