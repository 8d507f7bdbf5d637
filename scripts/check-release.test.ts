import { describe, expect, it } from 'vitest';
import { releaseObjections } from './check-release.ts';

const changelog = '# Changes\n\n## 1.1.0\n\n- Something new.\n\n## 1.0.0\n\nNo entry here.\n';

describe('a release', () => {
  it.each([
    ['may be published when tag, version and change log agree', 'v1.1.0', '1.1.0', []],
    [
      'is refused when the tag names another version',
      'v1.2.0',
      '1.1.0',
      ['the tag is v1.2.0, and package.json says 1.1.0'],
    ],
    ['is refused when the tag has no v', '1.1.0', '1.1.0', ['the tag is 1.1.0, and package.json says 1.1.0']],
    ['is refused without a section of its own', 'v1.1', '1.1', ['CHANGELOG.md has no section "## 1.1"']],
    [
      'is refused when its section has no entry',
      'v1.0.0',
      '1.0.0',
      ['the section "## 1.0.0" of CHANGELOG.md has no entry'],
    ],
  ])('%s', (_title, tag, version, objections) => {
    expect(releaseObjections(tag, version, changelog)).toEqual(objections);
  });
});
