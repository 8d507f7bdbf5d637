import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findCycle, isTest, readImports, sources } from './imports.ts';
import { objection, optionalParts, rooms } from './rooms.ts';

const files = sources();
const production = files.filter((file) => !isTest(file) && !/^(test|bench|examples|scripts)\//.test(file));
const imports = production.flatMap(readImports);

describe('the house', () => {
  it('has no import against the table of rooms', () => {
    const objections = imports
      .filter((edge) => !edge.external)
      .map((edge) => objection(edge.from, edge.to))
      .filter((sentence) => sentence !== undefined);
    expect(objections).toEqual([]);
  });

  it('has every file in a room', () => {
    expect(files.filter((file) => objection(file, file)?.includes('no room'))).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(findCycle(imports)).toBeUndefined();
  });

  it('has no empty room', () => {
    const empty = rooms.filter((room) => globSync(`${room.path}/**/*.{ts,yaml,json}`).length === 0);
    expect(empty.map((room) => room.path)).toEqual([]);
  });

  it('imports files that exist', () => {
    expect(imports.filter((edge) => !edge.external && !existsSync(edge.to))).toEqual([]);
  });

  it('keeps test frameworks and development tools out of what is shipped', () => {
    const { devDependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const development = Object.keys(devDependencies).filter((name) => !(name in peerDependencies));
    // What the dashboard imports is bundled into its pages, and not installed.
    const strays = imports.filter(
      (edge) =>
        edge.external &&
        !edge.from.startsWith('dashboard/') &&
        development.some((name) => edge.to === name || edge.to.startsWith(`${name}/`)),
    );
    expect(strays).toEqual([]);
  });

  it('imports what is optional only where it is used, so that all else works without it', () => {
    const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const strays = imports.filter(({ from, to, external }) => {
      if (!external) return false;
      const part = Object.keys(peerDependencies).find((name) => to === name || to.startsWith(`${name}/`));
      return part !== undefined && !from.startsWith(optionalParts[part] ?? 'nowhere');
    });
    expect(strays).toEqual([]);
    expect(Object.keys(optionalParts).toSorted()).toEqual(Object.keys(peerDependencies).toSorted());
  });

  it('gives no object of the server a getter inside a function, where V8 keeps every one until a full collection', () => {
    const served = production.filter((file) => file.startsWith('server/') && !file.includes('/fixtures/'));
    expect(served.filter((file) => /^ {4,}[gs]et \w+\(/m.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('keeps clock, chance, I/O and packages out of the rules', () => {
    const rules = production.filter((file) => /^server\/(money\/|ledger\/rules\/|.*\/rules\.ts$)/.test(file));
    const external = rules.flatMap(readImports).filter((edge) => edge.external);
    const impure = rules.filter((file) =>
      /\bDate\.now\(|new Date\(\)|Math\.random\(|\bprocess\.|\bsetTimeout\(|\bfetch\(/.test(readFileSync(file, 'utf8')),
    );
    expect({ external, impure }).toEqual({ external: [], impure: [] });
  });

  it('speaks SQL in the database, the ledger and the resources only', () => {
    const sql = /\b(SELECT\s+.+\s+FROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b/;
    const strays = production.filter(
      (file) =>
        !/^(server\/(database|ledger|resources)|generated)\//.test(file) && sql.test(readFileSync(file, 'utf8')),
    );
    expect(strays).toEqual([]);
  });
});

describe('the rules themselves', () => {
  it.each([
    ['server/money/prices.ts', 'server/ledger/rules/holds.ts', 'server/money may not import server/ledger'],
    ['conformance/run/run.ts', 'server/config.ts', 'conformance/run may not import server'],
    ['server/http/errors.ts', 'server/operator/index.ts', 'server/http may not import server/operator'],
    ['attic/old.ts', 'client/index.ts', 'stands in no room'],
  ])('objects to %s importing %s', (from, to, sentence) => {
    expect(objection(from, to)).toContain(sentence);
  });

  it('finds a ring of three files', () => {
    const ring = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ].map(([from, to]) => ({ from: from ?? '', to: to ?? '', external: false }));
    expect(findCycle(ring)).toEqual(['a', 'b', 'c', 'a']);
  });
});
