import { describe, expect, it } from 'vitest';
import { managedProxyDocument } from '../generated/bundles.ts';
import { createRouteTable } from './route-table.ts';

const operation = (operationId: string) => ({ operationId, responses: { 200: {} } });

const table = createRouteTable({
  openapi: '3.1.0',
  servers: [{ url: 'https://api.example/base/v1/' }],
  paths: {
    '/things': { get: operation('listThings'), post: operation('makeThing') },
    '/things/{id}': { get: operation('getThing'), put: operation('changeThing') },
    '/things/{id}/parts/{part}': { delete: operation('deletePart') },
    '/things/{id}:copy': { post: operation('copyThing') },
    '/things/special': { post: operation('doSpecial') },
  },
});

describe('a route table', () => {
  it.each([
    ['GET', '/base/v1/things', 'listThings', {}],
    ['HEAD', '/base/v1/things', 'listThings', {}],
    ['GET', '/base/v1/things/7', 'getThing', { id: '7' }],
    ['GET', '/base/v1/things/a%2Fb%20c', 'getThing', { id: 'a/b c' }],
    ['GET', '/base/v1/things/7:delete', 'getThing', { id: '7:delete' }],
    ['POST', '/base/v1/things/7:copy', 'copyThing', { id: '7' }],
    ['DELETE', '/base/v1/things/7/parts/8', 'deletePart', { id: '7', part: '8' }],
    ['POST', '/base/v1/things/special', 'doSpecial', {}],
    ['DELETE', '/base/v1/things/special/parts/1', 'deletePart', { id: 'special', part: '1' }],
  ])('finds %s %s', (method, path, operationId, params) => {
    expect(table.match(method, path)).toMatchObject({ kind: 'found', operation: { operationId } });
    expect(table.match(method, path)).toHaveProperty('params', params);
  });

  it.each([
    ['/base/v1'],
    ['/base/v1/'],
    ['/base/v1/nothing'],
    ['/base/v1/things/'],
    ['/base/v1//things'],
    ['/base/v1/things//parts/8'],
    ['/base/v1/things/7/parts'],
    ['/base/v1/things/%zz'],
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

  it('finds an operation by its id', () => {
    expect(table.operation('copyThing').path).toBe('/things/{id}:copy');
    expect(() => table.operation('sellThing')).toThrow('the contract has no operation sellThing');
  });

  it('finds every path of a provider', () => {
    const proxy = createRouteTable(managedProxyDocument);
    const path = '/google/v1beta/models/gemini-2.5-flash:streamGenerateContent';
    expect(proxy.match('POST', path)).toMatchObject({
      operation: { operationId: 'googleStreamGenerateContent' },
      params: { version: 'v1beta', model: 'gemini-2.5-flash' },
    });
  });
});
