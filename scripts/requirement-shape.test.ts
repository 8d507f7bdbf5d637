import { expect, test } from 'vitest';
import { faultsOfRequirement } from './requirement-shape.ts';

const sound = {
  id: 'AIC-001',
  level: 'MUST',
  profile: 'control-plane',
  source: 'documented',
  since: '1.0',
  sentence: 'GET ai-config answers 200.',
};

test('a row with all its fields is sound, with and without a reason why it cannot be tested', () => {
  expect(faultsOfRequirement(sound)).toEqual([]);
  expect(faultsOfRequirement({ ...sound, untestable: 'It cannot be seen over HTTP.' })).toEqual([]);
});

test.each([
  ['an id in another form', { id: 'aic-1' }, 'needs id like AIC-001'],
  ['an unknown level', { level: 'must' }, 'needs level from MUST, SHOULD, MAY'],
  ['an unknown profile', { profile: 'proxy' }, 'needs profile from control-plane, proxy-openai, proxy-anthropic'],
  ['an unknown source', { source: 'F' }, 'needs source from documented, decided'],
  ['a version that YAML read as a number', { since: 1.0 }, "needs since as a quoted version like '1.0'"],
  ['a sentence without an end', { sentence: 'GET ai-config answers 200' }, 'needs sentence as one sentence'],
  ['two sentences', { sentence: 'GET answers 200. PUT as well.' }, 'needs sentence as one sentence'],
  ['an empty reason', { untestable: '' }, 'needs untestable as a sentence that says why'],
  ['a misspelt field', { untestible: 'No.' }, 'has the unknown field untestible'],
])('%s is a fault', (_, change, fault) => {
  expect(faultsOfRequirement({ ...sound, ...change })).toEqual([expect.stringContaining(fault)]);
});

test('something that is not an object is a fault', () => {
  expect(faultsOfRequirement('AIC-001')).toEqual(['must be an object']);
  expect(faultsOfRequirement(null)).toEqual(['must be an object']);
});
