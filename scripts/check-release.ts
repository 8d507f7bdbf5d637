/**
 * Refuses a release whose parts disagree: `node scripts/check-release.ts v1.2.3`. The tag is the version of package.json
 * with a `v` before it, and CHANGELOG.md has a section for that version with at least one entry. Exits 1 with the reasons.
 */
import { readFileSync } from 'node:fs';

/** What stands against the release, one sentence each; none: it may be published. */
export function releaseObjections(tag: string, version: string, changelog: string): readonly string[] {
  const objections: string[] = [];
  if (tag !== `v${version}`) objections.push(`the tag is ${tag}, and package.json says ${version}`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split('\n', 1)[0]?.trim() === version);
  if (section === undefined) objections.push(`CHANGELOG.md has no section "## ${version}"`);
  else if (!/^- \S/m.test(section)) objections.push(`the section "## ${version}" of CHANGELOG.md has no entry`);
  return objections;
}

if (import.meta.main) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const objections = releaseObjections(process.argv[2] ?? '', version, readFileSync('CHANGELOG.md', 'utf8'));
  for (const objection of objections) console.error(`release: ${objection}`);
  process.exitCode = objections.length === 0 ? 0 : 1;
}
