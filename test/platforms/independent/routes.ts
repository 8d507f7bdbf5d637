import * as account from './account.ts';
import * as ai from './ai.ts';
import type { Call, Reply } from './call.ts';
import * as keys from './keys.ts';
import * as workspaces from './workspaces.ts';

export interface Path {
  readonly path: string;
  readonly methods: Readonly<Record<string, (call: Call) => Reply>>;
  /** Answered to everybody. */
  readonly open?: true;
  /** The query parameters that it knows. */
  readonly query?: readonly string[];
}

const query = ['range'];
const metrics = { query, methods: { GET: account.readMetrics } };
const summary = { query, methods: { GET: account.readSummary } };

/** Everything below the base path. */
export const paths: readonly Path[] = [
  { path: '/capacity', open: true, methods: { GET: workspaces.readCapacity } },
  { path: '/templates', open: true, methods: { GET: workspaces.listTemplates } },
  { path: '/workspaces', methods: { GET: workspaces.listWorkspaces, POST: workspaces.createWorkspace } },
  { path: '/workspaces/{id}', methods: { GET: workspaces.readWorkspace, DELETE: workspaces.deleteWorkspace } },
  { path: '/workspaces/{id}/ai-config', methods: { GET: ai.readConfig, PUT: ai.changeConfig } },
  { path: '/workspaces/{id}/mode', methods: { GET: ai.readMode, PUT: ai.changeMode } },
  { path: '/workspaces/{id}/ai-usage/metrics', ...metrics },
  { path: '/workspaces/{id}/ai-usage/metrics/summary', ...summary },
  { path: '/users/me/credits', methods: { GET: account.readCredits } },
  { path: '/users/me/limits', methods: { GET: account.readLimits } },
  { path: '/users/me/ai-usage', methods: { GET: account.readUsage } },
  { path: '/users/me/ai-usage/metrics', ...metrics },
  { path: '/users/me/ai-usage/metrics/summary', ...summary },
  { path: '/users/me/ai-defaults', methods: { GET: ai.readDefaults, PUT: ai.changeDefaults } },
  { path: '/users/me/ai-mode', methods: { PUT: ai.changeAccountMode } },
  { path: '/api-keys', methods: { GET: keys.listKeys, POST: keys.createKey } },
  { path: '/api-keys/{id}', methods: { DELETE: keys.deleteKey } },
];
