import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chargeTables } from '../../cli/prices/charge-tables.ts';
import { createCharges } from '../../server/proxy/charges/index.ts';
import { termRows } from '../../server/proxy/charges/served-terms.ts';
import { rooms } from './rooms.ts';

const documents = globSync('{*.md,docs/**/*.md,bench/*.md,dashboard/*.md}').sort();
const read = (path: string) => readFileSync(path, 'utf8');

describe('docs/architecture.md', () => {
  it('names every room', () => {
    const page = read('docs/architecture.md');
    expect(rooms.map(({ path }) => path).filter((path) => !page.includes(`\`${path}/\``))).toEqual([]);
  });
});

describe('docs/charges.md', () => {
  it('has the tables that `rigkit prices --rules` prints; after a change, run this test with -u', async () => {
    const [preface = ''] = read('docs/charges.md').split(/^(?=## )/m);
    const tables = chargeTables(createCharges().rows(), termRows());
    await expect(`${preface}${tables}\n`).toMatchFileSnapshot('../../docs/charges.md');
  });
});

describe('docs/decisions/README.md', () => {
  it('lists every page, in order', () => {
    const pages = globSync('docs/decisions/[0-9]*.md').map((path) => path.slice('docs/decisions/'.length));
    const listed = [...read('docs/decisions/README.md').matchAll(/\((\d{4}-[\w-]+\.md)\)/g)].map(([, page]) => page);
    expect(listed).toEqual(pages.sort());
  });
});

describe.each(documents)('%s', (document) => {
  const text = read(document);

  it('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[\w-]+)?\)/g)].map(([, target]) => target ?? '');
    const local = targets.filter((target) => !/^(https?|mailto):/.test(target));
    expect(local.filter((target) => !existsSync(join(dirname(document), target)))).toEqual([]);
  });

  it('names paths of this repository that exist', () => {
    const named = [...text.matchAll(/`((?:[a-z]+\/)[\w./-]+)`/g)].map(([, path]) => path ?? '');
    // CONTRIBUTING.md adds a resource `notice` as an example.
    const ours = named.filter((path) => existsSync(path.split('/')[0] ?? '') && !/^dist\/|notice/.test(path));
    expect(ours.filter((path) => !existsSync(path))).toEqual([]);
  });
});
