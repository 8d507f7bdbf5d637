import { describe, expect, it } from 'vitest';
import { controlPlaneDocument, managedProxyDocument, type OpenApiDocument } from '../../../generated/bundles.ts';
import { catalogue, isFuzzed } from '../check.ts';
import { documented, type SchemaName } from '../documented.ts';
import { type CaseOptions, makeCases } from './cases.ts';
import { findOperation } from './operation.ts';
import { isObject } from './schema.ts';

const fill = { id: 'ws-1', version: 'v1beta', model: 'm', subject: 's' };

function cases(document: OpenApiDocument, id: string, options: Partial<CaseOptions> = {}) {
  return makeCases(document, findOperation(document, id), {
    seed: 3,
    count: 60,
    fill,
    isQueryClosed: true,
    ...options,
  });
}

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('generated requests', () => {
  it('are the same for the same seed, and others for another', () => {
    const bodies = (seed: number) => cases(controlPlaneDocument, 'createWorkspace', { seed }).map(({ body }) => body);
    expect(bodies(3)).toEqual(bodies(3));
    expect(bodies(4)).not.toEqual(bodies(3));
  });

  it('begin with the same ones, however many there are', () => {
    const many = cases(controlPlaneDocument, 'updateAiConfig', { count: 40 });
    expect(cases(controlPlaneDocument, 'updateAiConfig', { count: 15 })).toEqual(many.slice(0, 15));
  });

  it('are of all kinds within twenty', () => {
    const kinds = cases(controlPlaneDocument, 'createWorkspace', { count: 20 }).map(({ kind }) => kind);
    expect([...new Set(kinds)].sort()).toEqual(
      [
        ...[
          'a valid body',
          'an unknown field',
          'a wrong type',
          'a hostile text',
          'a hostile number',
          'a missing field',
        ],
        ...['deep nesting', 'a field twice', 'another document', 'no JSON', 'an unknown query parameter'],
      ].sort(),
    );
  });

  it.each<[string, SchemaName]>([
    ['updateAiConfig', 'UpdateWorkspaceAiConfigRequest'],
    ['updateAiDefaults', 'UpdateAiDefaultsRequest'],
    ['updateAiMode', 'UpdateAiModeRequest'],
    ['createWorkspace', 'CreateWorkspaceRequest'],
    ['createApiKey', 'CreateApiKeyRequest'],
  ])('of %s are judged as another reader of the schema judges them', (id, schema) => {
    const judged = cases(controlPlaneDocument, id, { count: 400 }).filter(
      ({ kind, body = '' }) =>
        isJson(body) && !body.includes('__proto__') && !body.includes('🦀') && !kind.includes('query'),
    );
    const shape = documented(schema);
    for (const { kind, body = '', breaks } of judged) {
      if (kind === 'a field twice') continue;
      expect(shape.safeParse(JSON.parse(body)).success, `${kind}: ${body.slice(0, 200)}`).toBe(!breaks);
    }
    expect(new Set(judged.map(({ breaks }) => breaks))).toEqual(new Set([true, false]));
  });

  it.each(['an unknown field', 'a wrong type', 'another document', 'no JSON', 'a field twice'] as const)(
    'break a closed schema with %s',
    (kind) => {
      const spoilt = cases(controlPlaneDocument, 'updateAiConfig', { kinds: [kind] });
      expect(spoilt).toHaveLength(60);
      expect(spoilt.filter(({ breaks }) => !breaks)).toEqual([]);
    },
  );

  it('name a field twice where they say so, and parse nowhere where they say that', () => {
    for (const { body = '' } of cases(controlPlaneDocument, 'createApiKey', { kinds: ['a field twice'] })) {
      const parsed: unknown = JSON.parse(body);
      const [first = ''] = isObject(parsed) ? Object.keys(parsed) : [];
      expect(body.split(`${JSON.stringify(first)}:`).length).toBeGreaterThan(2);
    }
    for (const { body = '' } of cases(controlPlaneDocument, 'createApiKey', { kinds: ['no JSON'] })) {
      expect(isJson(body), body).toBe(false);
    }
  });

  it('leave a text to the caller whose pattern fits none of ours', () => {
    const key = { type: 'string', pattern: '^ssh-ed25519 ' } as const;
    const body = { type: 'object', required: ['key'], properties: { key } } as const;
    const operation = { ...findOperation(controlPlaneDocument, 'createApiKey'), body };
    const options = { seed: 3, count: 60, fill, isQueryClosed: true, kinds: ['a valid body'] } as const;
    const texts = (fields: Readonly<Record<string, string>>) =>
      makeCases(controlPlaneDocument, operation, { ...options, fields }).map((one) => one.body);
    expect(new Set(texts({ key: 'ssh-ed25519 AAAA' }))).toEqual(new Set(['{"key":"ssh-ed25519 AAAA"}']));
    expect(new Set(texts({}))).toEqual(new Set(['{}']));
  });

  it('have the values that were asked for in what they do not spoil', () => {
    const options = { fields: { model: 'gpt-4o', unheardOf: 1 }, kinds: ['a valid body'] } as const;
    for (const { body = '' } of cases(managedProxyDocument, 'createChatCompletion', options)) {
      expect(JSON.parse(body)).toMatchObject({ model: 'gpt-4o' });
      expect(body).not.toContain('unheardOf');
    }
  });

  it('spoil paths and queries one at a time', () => {
    for (const { kind, path } of cases(controlPlaneDocument, 'getWorkspaceUsageMetrics')) {
      const [id, query = ''] = path.split('/workspaces/')[1]?.split('/ai-usage/metrics') ?? [];
      expect(id === 'ws-1', path).toBe(kind !== 'a hostile path');
      expect(query === '', path).toBe(kind === 'a hostile path');
    }
  });

  it('are made for every operation that a requirement asks it of, and are requests that can be sent', () => {
    for (const { api, operationId } of catalogue.filter(isFuzzed)) {
      const document = api === 'control-plane' ? controlPlaneDocument : managedProxyDocument;
      const made = cases(document, operationId);
      expect(made.length, operationId).toBe(60);
      for (const { path } of made) expect(new URL(`http://h${path}`).pathname.length).toBeGreaterThan(1);
    }
  });
});
