import { describe, expect, it } from 'vitest';
import { controlPlaneDocument, managedProxyDocument, sandboxDocument } from '../generated/bundles.ts';
import { type ApiDocument, readBasePath, resolve } from './document.ts';
import { documentedStatuses, readOperations } from './operation.ts';

const document: ApiDocument = {
  openapi: '3.1.0',
  security: [{ key: [] }],
  paths: {
    '/things/{id}/parts/{part_id}': {
      parameters: [{ name: 'depth', in: 'query' }, { $ref: '#/components/parameters/Id' }],
      get: {
        operationId: 'getPart',
        parameters: [
          { name: 'part_id', in: 'path', required: true },
          { name: 'depth', in: 'query', required: true },
        ],
        responses: {
          200: { $ref: '#/components/responses/Part' },
          204: { description: 'Empty.' },
          '4XX': { description: 'Refused.' },
        },
      },
      put: {
        operationId: 'putPart',
        security: [],
        requestBody: { $ref: '#/components/requestBodies/Part' },
        responses: {},
      },
      delete: { operationId: 'deletePart', security: [{ key: [] }, {}], responses: {} },
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true } },
    requestBodies: { Part: { required: true, content: { 'application/json': { schema: { type: 'object' } } } } },
    responses: {
      Part: {
        headers: { 'X-Cost': { $ref: '#/components/headers/Cost' } },
        content: { 'application/json': { examples: { small: { $ref: '#/components/examples/small' } } } },
      },
    },
    headers: { Cost: { required: true, example: 7 } },
    examples: { small: { value: { name: 'a' } } },
  },
};
const [getPart, putPart, deletePart] = readOperations(document);

describe('an operation', () => {
  it('has the parameters of its path in their order, then the others, its own over those of the path item', () => {
    expect(getPart?.parameters).toEqual([
      { name: 'id', in: 'path', required: true },
      { name: 'part_id', in: 'path', required: true },
      { name: 'depth', in: 'query', required: true },
    ]);
  });

  it('has its responses with their references followed', () => {
    const response = getPart?.responses.get('200');
    expect(response?.headers.get('X-Cost')).toEqual({ required: true, example: 7 });
    expect(response?.content.get('application/json')?.examples.get('small')).toEqual({ name: 'a' });
    expect(getPart && documentedStatuses(getPart)).toEqual([200, 204]);
  });

  it('has a body where the document gives it one', () => {
    expect(getPart?.body).toBeUndefined();
    expect(putPart?.body?.isRequired).toBe(true);
    expect(putPart?.body?.content.get('application/json')?.schema).toEqual({ type: 'object' });
  });

  it('is public where the document asks for no credential, or lets it be left out', () => {
    expect([getPart, putPart, deletePart].map((each) => each?.isPublic)).toEqual([false, true, true]);
  });

  it.each([controlPlaneDocument, managedProxyDocument, sandboxDocument])('is read from every bundle', (bundle) => {
    const operations = readOperations(bundle);
    expect(operations.length).toBeGreaterThan(9);
    expect(operations.filter(({ responses }) => responses.size === 0)).toEqual([]);
  });
});

describe('a document', () => {
  it('has the path of its first server for a base path', () => {
    expect(readBasePath({ ...document, servers: [{ url: 'https://api.example/base/v1/' }] })).toBe('/base/v1');
    expect(readBasePath(document)).toBe('');
  });

  it('refuses a reference that leads nowhere', () => {
    expect(() => resolve(document, { $ref: '#/components/schemas/Gone' })).toThrow('#/components/schemas/Gone');
  });
});
