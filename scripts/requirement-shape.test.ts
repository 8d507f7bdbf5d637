import { expect, test } from 'vitest';
import { findRequirementProblems } from './requirement-shape.ts';

const sound = {
  id: 'AIC-001',
  level: 'MUST',
  profile: 'control-plane',
  source: 'documented',
  since: '1.0',
  sentence: 'GET ai-config answers 200.',
};

test('a row with all its fields is sound, with and without a reason why it cannot be tested', () => {
  expect(findRequirementProblems(sound)).toEqual([]);
  expect(findRequirementProblems({ ...sound, untestable: 'It cannot be seen over HTTP.' })).toEqual([]);
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
  [
    'a mock that passes',
    { mock: { verdict: 'pass', reason: 'It keeps it all.' } },
    'needs mock with verdict fail or unverified',
  ],
  ['a misspelt field', { untestible: 'No.' }, 'has the unknown field untestible'],
])('%s is a problem', (_, change, problem) => {
  expect(findRequirementProblems({ ...sound, ...change })).toEqual([expect.stringContaining(problem)]);
});

test('something that is not an object is a problem', () => {
  expect(findRequirementProblems('AIC-001')).toEqual(['must be an object']);
  expect(findRequirementProblems(null)).toEqual(['must be an object']);
});
