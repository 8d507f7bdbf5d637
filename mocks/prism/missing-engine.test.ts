import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { engineParts, MissingEngine, withEngine } from './missing-engine.ts';

const nodeError = (message: string) => Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });

it('is not taken for another module that is missing', async () => {
  const engine = nodeError("Cannot find package '@stoplight/prism-http' imported from /a/node_modules/rigkit/x.js");
  await expect(withEngine(Promise.reject(engine))).rejects.toThrow(MissingEngine);
  const other = nodeError("Cannot find package 'zod' imported from /a/node_modules/@stoplight/prism-http/x.js");
  await expect(withEngine(Promise.reject(other))).rejects.toBe(other);
  const slip = new TypeError('slip');
  await expect(withEngine(Promise.reject(slip))).rejects.toBe(slip);
});

it('is named in the versions that this repository tests with', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const tested = ['@stoplight/prism-core', '@stoplight/prism-http'].map((name) => `${name}@${devDependencies[name]}`);
  expect(engineParts).toEqual(tested);
  expect(new MissingEngine().message).toContain(`npm i -D ${tested.join(' ')}`);
});
