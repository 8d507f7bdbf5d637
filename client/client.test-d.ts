/** Read by the type checker: what must not compile is marked so, and an error that is missing is one. */
import { createControlPlaneClient } from './index.ts';

const client = createControlPlaneClient({ baseUrl: 'http://127.0.0.1/api/v1', apiKey: 'rb_x' });
const params = { path: { id: 'ws-1' } };

const { data, error } = await client.PUT('/workspaces/{id}/ai-config', { params, body: { model: null, mode: 'byok' } });
export const status: 'managed_active' | 'byok_active' | 'invalid_missing_key' | undefined = data?.status;
export const code: string | undefined = error?.error.code;
export const remaining: number | undefined = (await client.GET('/users/me/credits')).data?.remaining_micro;

// @ts-expect-error a field the contract does not have
await client.PUT('/workspaces/{id}/ai-config', { params, body: { modle: null } });
// @ts-expect-error the same, beside a good one
await client.PUT('/workspaces/{id}/ai-config', { params, body: { model: null, modle: null } });
// @ts-expect-error a value the contract does not have
await client.PUT('/workspaces/{id}/ai-config', { params, body: { mode: 'free' } });
// @ts-expect-error a path the contract does not have
await client.GET('/workspaces/{id}/ai-conf', { params });
// @ts-expect-error a path parameter left out
await client.GET('/workspaces/{id}');
// @ts-expect-error a query parameter the contract does not have
await client.GET('/users/me/ai-usage/metrics', { params: { query: { rnage: '1h' } } });
// @ts-expect-error a field that answers do not have: keys are write-only
export const key = data?.api_key;
