import { describe, expect, it } from 'vitest';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import { createContractValidator } from './contract-validator.ts';
import { createRouteTable, type Route } from './routes.ts';

const { routes } = createRouteTable(controlPlaneDocument);
const validator = await createContractValidator(controlPlaneDocument, routes, { answers: true });

function route(operationId: string): Route {
  const found = routes.find((each) => each.operationId === operationId);
  if (found === undefined) throw new Error(`no operation ${operationId}`);
  return found;
}

const AI_CONFIG = {
  mode: 'managed',
  provider: 'openai',
  model: 'gpt-4o-mini',
  status: 'managed_active',
  updated_at: '2026-01-15T09:30:00.000Z',
};

describe('holding answers against the contract', () => {
  it('finds nothing in a good one', async () => {
    expect(await validator.answer(route('getAiConfig'), { status: 200, body: AI_CONFIG })).toEqual([]);
  });

  it.each([
    ['a missing field', 200, { ...AI_CONFIG, status: undefined }, '/status'],
    ['a value outside its enumeration', 200, { ...AI_CONFIG, mode: 'free' }, '/mode'],
    ['another type', 200, { ...AI_CONFIG, model: 7 }, '/model'],
    ['a date that is none', 200, { ...AI_CONFIG, updated_at: 'yesterday' }, '/updated_at'],
    ['another shape for an error', 404, { message: 'Not found.' }, '/error'],
    ['no body', 200, undefined, ''],
    ['an undocumented status', 299, AI_CONFIG, ''],
  ])('finds %s', async (_, status, body, pointer) => {
    const violations = await validator.answer(route('getAiConfig'), { status, body });
    expect(violations[0]).toMatchObject({ in: 'body', pointer });
  });

  it('finds nothing where it was not asked to', async () => {
    const lax = await createContractValidator(controlPlaneDocument, routes, { answers: false });
    expect(await lax.answer(route('getAiConfig'), { status: 299, body: {} })).toEqual([]);
  });
});

describe('holding requests against the contract', () => {
  it('fills in the defaults of a query, and leaves the given one as it is', async () => {
    const query = {};
    const checked = await validator.request(route('getAccountUsageMetrics'), {
      params: {},
      query,
      bodyText: undefined,
    });
    expect(checked).toEqual({ violations: [], query: { range: '24h' } });
    expect(query).toEqual({});
  });
});

describe('the contract itself', () => {
  it.each(routes.map((each) => [each.operationId, each] as const))('takes its own examples for %s', async (_, each) => {
    const examples = examplesOf(each);
    expect(examples.length).toBeGreaterThan(0);
    for (const { status, value } of examples) {
      expect(await validator.answer(each, { status, body: value })).toEqual([]);
    }
  });

  it.each(routes.map((each) => [each.operationId, each] as const))(
    'documents every refusal that %s can meet',
    (_, each) => {
      const ofCredential = each.isPublic ? [] : [401];
      const ofPath = each.template.includes('{') ? [404] : [];
      const ofBody = each.body === 'none' ? [] : [413, 415];
      const expected = [400, ...ofCredential, ...ofPath, 405, ...ofBody, 429, 500];
      expect(expected.filter((status) => !each.statuses.includes(status))).toEqual([]);
    },
  );

  it('is left as it was', () => {
    expect(JSON.stringify(controlPlaneDocument)).toContain('"examples"');
  });

  it('does not start with a reference that leads nowhere', async () => {
    const broken = JSON.parse(
      JSON.stringify(controlPlaneDocument).replaceAll('/schemas/UpdateAiModeRequest', '/schemas/Gone'),
    );
    await expect(createContractValidator(broken, routes, { answers: false })).rejects.toThrow();
  });
});

function examplesOf({ template, method }: Route): { status: number; value: unknown }[] {
  const operation = controlPlaneDocument.paths[template]?.[method.toLowerCase()];
  return Object.entries(operation?.responses ?? {}).flatMap(([status, response]) => {
    const { content } = deref(response) as { content: Record<string, { examples: Record<string, object> }> };
    const examples = Object.values(content['application/json']?.examples ?? {});
    return examples.map((example) => ({ status: Number(status), value: (deref(example) as { value: unknown }).value }));
  });
}

function deref(value: object): unknown {
  if (!('$ref' in value)) return value;
  const tokens = String(value.$ref).slice(2).split('/');
  return tokens.reduce<unknown>((at, token) => (at as Record<string, unknown>)[token], controlPlaneDocument);
}
