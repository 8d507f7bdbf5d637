import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentedStatuses, type Operation, readOperations } from '../../contract/operation.ts';
import { controlPlaneDocument } from '../../generated/bundles.ts';
import { JSON_HEADERS, type Service, startService } from './fixtures/service.ts';
import type { ApiResponse } from './respond.ts';

let service: Service;
let call: Service['call'];
beforeAll(async () => {
  service = await startService();
  call = service.call;
});
afterAll(() => service.close());

const put = (body: string) => call('PUT', '/workspaces/ws-1/ai-config', { body, headers: JSON_HEADERS });

describe('the violations of a request', () => {
  it('are all listed, each with its pointer', async () => {
    const body = '{"modle":"x","a/b~c":1,"":1,"mode":5,"provider":"acme","model":"","api_key":"a\\u0000"}';
    const answer = await call('PUT', '/workspaces/ws-1/ai-config?x=1&x=2&y=', { headers: JSON_HEADERS, body });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    const { details } = answer.body.error as { details: { in: string; pointer: string; code: string }[] };
    expect(details.map((each) => `${each.in} ${each.pointer} ${each.code}`).sort()).toEqual([
      'body / additionalProperties',
      'body /api_key pattern',
      'body /a~1b~0c additionalProperties',
      'body /mode enum',
      'body /mode type',
      'body /model minLength',
      'body /model pattern',
      'body /modle additionalProperties',
      'body /provider enum',
      'query /x additionalProperties',
      'query /y additionalProperties',
    ]);
  });

  it('never repeat a value', async () => {
    const answer = await put(JSON.stringify({ api_key: 'sk-hunter2\n', mode: 'sk-hunter2', provider: ['sk-hunter2'] }));
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('hunter2');
  });

  it.each([
    ['{"__proto__":{"mode":"byok"}}', '/__proto__'],
    ['{"model":{"__proto__":1}}', '/model/__proto__'],
    ['{"\\u005f_proto__":1}', '/__proto__'],
  ])('include a field named __proto__ in %s', async (body, pointer) => {
    const { details } = (await put(body)).body.error;
    expect(details).toContainEqual({ in: 'body', pointer, code: 'additionalProperties', message: 'Unknown field.' });
  });

  it.each([
    ['?range=1d', 'enum'],
    ['?range=', 'enum'],
    ['?range', 'enum'],
    ['?range=24h%20', 'enum'],
    ['?range=1h&range=1h', 'maxItems'],
    ['?range[]=1h', 'additionalProperties'],
    ['?Range=1h', 'additionalProperties'],
  ])('include the query %s', async (query, code) => {
    const answer = await call('GET', `/users/me/ai-usage/metrics${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toMatchObject([{ in: 'query', code }]);
  });

  it('leave a good query to the handler, with the default of what it leaves out', async () => {
    expect((await call('GET', '/users/me/ai-usage/metrics?range=7d')).body.query).toEqual({ range: '7d' });
    expect((await call('GET', '/users/me/ai-usage/metrics')).body.query).toEqual({ range: '24h' });
  });
});

describe('a request', () => {
  it('reaches the handler without the defaults of its body, which was given in no field', async () => {
    const document = JSON.parse(JSON.stringify(controlPlaneDocument));
    const { properties } = document.components.schemas.UpdateWorkspaceAiConfigRequest;
    properties.model.default = 'gpt-4o-mini';
    properties.default = { type: 'string', default: 'x' };
    const own = await startService({ document });
    const respond = (body: string) =>
      own.call('PUT', '/workspaces/ws-1/ai-config', { headers: JSON_HEADERS, body }).then((reply) => reply.body.body);
    expect(await respond('{}')).toEqual({});
    expect(await respond('{"default":"y"}')).toEqual({ default: 'y' });
    await own.close();
  });

  it('may have any content type where its operation takes no body', async () => {
    for (const type of ['text/plain', 'application/json; charset=utf-16', 'x/y; a=1']) {
      const headers = { ...JSON_HEADERS, 'content-type': type };
      expect((await call('GET', '/users/me/ai-usage/metrics', { headers })).status).toBe(200);
    }
  });
});

const operations = readOperations(controlPlaneDocument);
const named = operations.map((operation) => [operation.operationId, operation] as const);

describe('the contract', () => {
  let given: ApiResponse;
  let validated: Service;
  beforeAll(async () => {
    const respond = async () => given;
    validated = await startService({
      validateResponses: true,
      handlers: Object.fromEntries(operations.map(({ operationId }) => [operationId, respond])),
    });
  });
  afterAll(() => validated.close());

  /** A request that its own examples say is good. */
  async function request({ method, path, body }: Operation): Promise<number> {
    const url = path.replaceAll(/\{\w+\}/g, 'thing-1');
    const [example] = body?.content.get('application/json')?.examples.values() ?? [];
    const init = example === undefined ? {} : { body: JSON.stringify(example), headers: JSON_HEADERS };
    return (await validated.call(method, url, init)).status;
  }

  it.each(named)('takes its own examples for %s', async (_, operation) => {
    const examples = [...operation.responses].flatMap(([status, { headers, content }]) =>
      [...(content.get('application/json')?.examples.values() ?? [])].map((body) => ({
        status: Number(status),
        body,
        headers: Object.fromEntries([...headers].map(([name, { example }]) => [name, String(example)])),
      })),
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      given = example;
      expect(await request(operation)).toBe(example.status);
    }
    expect(validated.logText()).not.toContain('breaks the contract');
  });

  it.each(named)('documents every refusal that %s can meet', (_, operation) => {
    const ofCredential = operation.isPublic ? [] : [401];
    const ofPath = operation.path.includes('{') ? [404] : [];
    const ofBody = operation.body === undefined ? [] : [413, 415];
    const expected = [400, ...ofCredential, ...ofPath, 405, ...ofBody, 429, 500];
    expect(expected.filter((status) => !documentedStatuses(operation).includes(status))).toEqual([]);
  });

  it('is left as it was', () => {
    expect(JSON.stringify(controlPlaneDocument)).toContain('"examples"');
  });

  const AI_CONFIG = {
    mode: 'managed',
    provider: 'openai',
    model: 'gpt-4o-mini',
    status: 'managed_active',
    updated_at: '2026-01-15T09:30:00.000Z',
  };

  it.each([
    ['a missing field', 200, { ...AI_CONFIG, status: undefined }, '/status'],
    ['a value outside its enumeration', 200, { ...AI_CONFIG, mode: 'free' }, '/mode'],
    ['another type', 200, { ...AI_CONFIG, model: 7 }, '/model'],
    ['a date that is none', 200, { ...AI_CONFIG, updated_at: 'yesterday' }, '/updated_at'],
    ['another shape for an error', 404, { message: 'Not found.' }, '/error'],
  ])('finds %s in a response', async (_, status, body, pointer) => {
    given = { status, body };
    expect((await validated.call('GET', '/workspaces/ws-1/ai-config')).status).toBe(500);
    const logged = validated.logLines().findLast(({ msg }) => msg === 'a response breaks the contract');
    expect(logged).toMatchObject({ status, violations: [{ in: 'body', pointer }] });
  });

  it.each([
    ['no body', { status: 200, body: undefined }],
    ['an undocumented status', { status: 299, body: AI_CONFIG }],
    ['an undocumented media type', { status: 200, contentType: 'text/plain', content: new Uint8Array(1) }],
  ])('finds %s in a response', async (_, response) => {
    given = response;
    expect((await validated.call('GET', '/workspaces/ws-1/ai-config')).status).toBe(500);
    expect(validated.logText()).toContain(`status ${response.status} is not documented`);
  });
});
