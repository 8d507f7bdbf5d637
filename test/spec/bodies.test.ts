import { expect, test } from 'vitest';
import {
  controlPlane,
  everyOperation,
  listRequestBodies,
  listResponses,
  pickNames,
  propertyNames,
  resolve,
} from './walk.ts';

const answers = everyOperation.flatMap(listResponses);
const requests = everyOperation.flatMap(listRequestBodies);

test('every body has named examples, each with a summary and a value', () => {
  const strays = [...answers, ...requests].filter(({ document, media }) => {
    const examples = Object.values((media.examples ?? {}) as object).map((example) => resolve(document, example));
    return examples.length === 0 || examples.some((example) => !example.summary || !('value' in example));
  });
  expect(pickNames(strays)).toEqual([]);
});

test('no answer has an api_key, neither in its schema nor in its examples', () => {
  const strays = answers.filter(({ document, media }) => {
    const values = Object.values(media.examples as object).map((example) => resolve(document, example).value);
    return propertyNames(document, media.schema).has('api_key') || JSON.stringify(values).includes('"api_key":');
  });
  expect(pickNames(strays)).toEqual([]);
});

test('only ai-config takes an api_key, and marks it as write-only', () => {
  const writers = requests.filter(({ document, media }) => propertyNames(document, media.schema).has('api_key'));
  expect(pickNames(writers)).toEqual(['PUT /workspaces/{id}/ai-config body']);
  const schemas = writers.map(({ document, media }) => resolve(document, media.schema));
  expect(schemas).toMatchObject([{ properties: { api_key: { writeOnly: true } } }]);
});

test('no operation that takes a body can be called without one', () => {
  const strays = everyOperation
    .filter(({ operation }) => operation.requestBody !== undefined)
    .filter(({ document, operation }) => resolve(document, operation.requestBody).required !== true);
  expect(pickNames(strays)).toEqual([]);
});

test('every body that the control plane takes is closed', () => {
  const strays = controlPlane
    .flatMap(listRequestBodies)
    .filter(({ document, media }) => resolve(document, media.schema).additionalProperties !== false);
  expect(pickNames(strays)).toEqual([]);
});
