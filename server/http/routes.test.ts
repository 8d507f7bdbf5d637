import { describe, expect, it } from 'vitest';
import { createRouteTable } from './routes.ts';

const operation = (operationId: string, more: object = {}) => ({ operationId, responses: { 200: {} }, ...more });

const table = createRouteTable({
  openapi: '3.1.0',
  servers: [{ url: 'https://api.example/base/v1/' }],
  security: [{ key: [] }],
  paths: {
    '/things': { get: operation('listThings'), post: operation('makeThing', { requestBody: { required: true } }) },
    '/things/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: operation('getThing', { parameters: [{ name: 'depth', in: 'query' }] }),
      put: operation('changeThing', { requestBody: { $ref: '#/components/requestBodies/Change' } }),
    },
    '/things/{id}/parts/{part}': { delete: operation('deletePart') },
    '/things/special': { post: operation('doSpecial') },
    '/open': { get: operation('readOpen', { security: [] }) },
    '/half-open': { get: operation('readHalfOpen', { security: [{ key: [] }, {}] }) },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path' } },
    requestBodies: { Change: { required: false } },
  },
});

const routeOf = (operationId: string) => table.routes.find((route) => route.operationId === operationId);

describe('matching', () => {
  it.each([
    ['GET', '/base/v1/things', 'listThings', {}],
    ['HEAD', '/base/v1/things', 'listThings', {}],
    ['GET', '/base/v1/things/7', 'getThing', { id: '7' }],
    ['GET', '/base/v1/things/a%2Fb%20c', 'getThing', { id: 'a/b c' }],
    ['GET', '/base/v1/things/%zz', 'getThing', { id: '%zz' }],
    ['DELETE', '/base/v1/things/7/parts/8', 'deletePart', { id: '7', part: '8' }],
    ['POST', '/base/v1/things/special', 'doSpecial', {}],
    ['DELETE', '/base/v1/things/special/parts/1', 'deletePart', { id: 'special', part: '1' }],
  ])('finds %s %s', (method, path, operationId, params) => {
    expect(table.match(method, path)).toMatchObject({ kind: 'found', route: { operationId }, params });
  });

  it.each([
    ['/base/v1'],
    ['/base/v1/'],
    ['/base/v1/nothing'],
    ['/base/v1/things/'],
    ['/base/v1//things'],
    ['/base/v1/things//parts/8'],
    ['/base/v1/things/7/parts'],
    ['/base/v1/Things'],
    ['/base/v1/th%69ngs'],
    ['/base/v10/things'],
    ['/things'],
    ['/base/v1/__proto__'],
    ['/base/v1/constructor'],
  ])('knows no path %s', (path) => {
    expect(table.match('GET', path)).toEqual({ kind: 'unknown_path' });
  });

  it.each([
    ['PATCH', '/base/v1/things', ['GET', 'HEAD', 'POST']],
    ['OPTIONS', '/base/v1/things/7', ['GET', 'HEAD', 'PUT']],
    ['HEAD', '/base/v1/things/special', ['POST']],
    ['get', '/base/v1/things', ['GET', 'HEAD', 'POST']],
  ])('lists the methods of the path for %s %s', (method, path, allow) => {
    expect(table.match(method, path)).toEqual({ kind: 'wrong_method', allow });
  });
});

describe('what a route says of its operation', () => {
  it('reads the base path from the first server', () => {
    expect(table.basePath).toBe('/base/v1');
  });

  it.each([
    ['listThings', false],
    ['readOpen', true],
    ['readHalfOpen', true],
  ])('knows whether %s asks for a credential', (operationId, isPublic) => {
    expect(routeOf(operationId)?.isPublic).toBe(isPublic);
  });

  it.each([
    ['listThings', 'none'],
    ['makeThing', 'required'],
    ['changeThing', 'optional'],
  ])('knows whether %s takes a body', (operationId, body) => {
    expect(routeOf(operationId)?.body).toBe(body);
  });

  it('names the query parameters and leaves out those of the path', () => {
    expect(routeOf('getThing')?.queryNames).toEqual(new Set(['depth']));
  });

  it('refuses a document whose references lead nowhere', () => {
    const paths = { '/x': { get: operation('x', { parameters: [{ $ref: '#/components/parameters/Gone' }] }) } };
    expect(() => createRouteTable({ openapi: '3.1.0', paths })).toThrow('#/components/parameters/Gone');
  });
});
