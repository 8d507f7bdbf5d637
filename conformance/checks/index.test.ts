import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, testable } from './check.ts';
import * as files from './files.ts';
import { checks } from './index.ts';

const required = testable(catalogue).map(({ id }) => id);
const checked = checks.map(({ id }) => id);

describe('catalogue and checks', () => {
  it('has a check for every requirement that can be checked from outside', () => {
    expect(required.filter((id) => !checked.includes(id))).toEqual([]);
  });

  it('has a requirement for every check', () => {
    expect(checked.filter((id) => !required.includes(id))).toEqual([]);
  });

  it('lists every file of checks', async () => {
    const found = globSync(['{control-plane,proxy}/*.ts', 'families/index.ts'], { cwd: import.meta.dirname });
    const modules = await Promise.all(
      found.filter((file) => !file.includes('.test.')).map((file) => import(new URL(file, import.meta.url).href)),
    );
    const listed: readonly object[] = Object.values(files);
    expect(modules.filter((module) => !listed.includes(module))).toEqual([]);
  });

  it('has one check for a requirement', () => {
    expect(checked.filter((id, index) => checked.indexOf(id) !== index)).toEqual([]);
  });

  it('has no requirement twice', () => {
    const ids = catalogue.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('says why, where a requirement has no check', () => {
    const silent = catalogue.filter(({ untestable }) => untestable !== undefined && untestable.length < 20);
    expect(silent).toEqual([]);
  });
});
