import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JSON_HEADERS, type Service, startService } from './fixtures/service.ts';

let service: Service;
let call: Service['call'];
beforeAll(async () => {
  service = await startService();
  call = service.call;
});
afterAll(() => service.close());

const put = (body: string) => call('PUT', '/workspaces/ws-1/ai-config', { body, headers: JSON_HEADERS });

describe('violations', () => {
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
