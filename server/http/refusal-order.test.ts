import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from './errors.ts';
import { ALICE_KEY, type Service, startService } from './fixtures/service.ts';

let service: Service;
let limitReached = false;

beforeAll(async () => {
  const count = async () => {
    if (limitReached) throw new ApiError('rate_limited', { headers: { 'Retry-After': '1' } });
  };
  service = await startService({ limits: { count, countFailedAuthentication: async () => {} } });
});
afterAll(() => service.close());

interface Draft {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
  limitReached: boolean;
}

/** Each makes a good request wrong in one way. They stand in the order in which the contract refuses. */
const faults: readonly { status: number; code: string; spoil: (draft: Draft) => void }[] = [
  { status: 404, code: 'not_found', spoil: (draft) => (draft.path = draft.path.replace('ai-config', 'ai-konfig')) },
  { status: 405, code: 'method_not_allowed', spoil: (draft) => (draft.method = 'PATCH') },
  { status: 401, code: 'unauthorized', spoil: (draft) => (draft.headers.authorization = 'Bearer rb_nobody') },
  { status: 429, code: 'rate_limited', spoil: (draft) => (draft.limitReached = true) },
  { status: 404, code: 'not_found', spoil: (draft) => (draft.path = draft.path.replace('ws-1', 'ws-2')) },
  {
    status: 413,
    code: 'payload_too_large',
    spoil: (draft) => (draft.body = `${draft.body}${' '.repeat(1024 * 1024)}`),
  },
  { status: 415, code: 'unsupported_media_type', spoil: (draft) => (draft.headers['content-type'] = 'text/plain') },
  { status: 400, code: 'malformed_json', spoil: (draft) => (draft.body = draft.body.replace('}', '')) },
  { status: 400, code: 'invalid_request', spoil: (draft) => (draft.query = '?modle=x') },
];

async function send(
  spoils: readonly ((draft: Draft) => void)[],
): Promise<{ status: number; code: string | undefined }> {
  const draft: Draft = {
    method: 'PUT',
    path: '/workspaces/ws-1/ai-config',
    query: '',
    headers: { authorization: `Bearer ${ALICE_KEY}`, 'content-type': 'application/json' },
    body: '{"mode":"byok"}',
    limitReached: false,
  };
  for (const spoil of spoils) spoil(draft);
  limitReached = draft.limitReached;
  const answer = await fetch(service.api + draft.path + draft.query, draft);
  const { error } = (await answer.json()) as { error?: { code: string } };
  return { status: answer.status, code: error?.code };
}

const pairs = faults.flatMap((first, index) =>
  faults.slice(index + 1).map((second) => ({ first, second, names: `${first.status} and ${second.status}` })),
);

describe('the order of refusal', () => {
  it('lets a request through that nothing is wrong with', async () => {
    expect((await send([])).status).toBe(200);
  });

  it.each(faults)('refuses a request with one fault with $status $code', async ({ status, code, spoil }) => {
    expect(await send([spoil])).toEqual({ status, code });
  });

  it.each(pairs)('gives the earlier answer where both $names apply', async ({ first, second }) => {
    expect(await send([first.spoil, second.spoil])).toEqual({ status: first.status, code: first.code });
  });

  it('gives the earliest answer where everything is wrong', async () => {
    expect(await send(faults.map(({ spoil }) => spoil))).toEqual({ status: 404, code: 'not_found' });
  });
});
