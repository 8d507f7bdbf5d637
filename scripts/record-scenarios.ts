import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startSandbox } from '../cli/sandbox/start-sandbox.ts';
import type { SandboxDescription } from '../cli/sandbox-file.ts';
import { resolve } from '../contract/document.ts';
import { type Operation, readOperations } from '../contract/operation.ts';
import type { Schema } from '../contract/schema.ts';
import { controlPlaneDocument } from '../generated/bundles.ts';
import type {
  AiCredits,
  GetAiUsageResponse,
  ListApiKeysResponse,
  ListWorkspacesResponse,
  WorkspaceAiConfigResponse,
} from '../generated/control-plane.ts';
import type { LoadedScenario } from '../generated/sandbox.ts';
import type { Scenario } from '../generated/scenarios.ts';
import { packSeries } from '../mocks/responses/series.ts';
import { loadConfig } from '../server/config.ts';
import { createLogger } from '../server/http/log.ts';
import type { ScenarioFacts } from './scenario-facts.ts';

/** Bodies by operation, then by path with the query. Their series are packed. */
type Bodies = Record<string, Record<string, object>>;

export interface ScenarioRecorder {
  /**
   * What the platform responds in each scenario: it is loaded, and every read of the account is asked for. The same on
   * each run: the account's clock stands still, and ids, addresses and beginnings of keys, which are random, are replaced
   * by ids of the facts and by digests. Throws where facts contradict each other: usage that does not come to what was
   * spent, or workspaces that the plan does not allow.
   */
  record(facts: Readonly<Record<string, ScenarioFacts>>): Promise<Scenario[]>;
  close(): Promise<void>;
}

/** Starts the reference platform with the sandbox's controls, on free ports and in a folder of its own. */
export async function startRecorder(): Promise<ScenarioRecorder> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rigkit-scenarios-'));
  const errors: string[] = [];
  const logger = createLogger({ level: 'error', destination: { write: (line: string) => void errors.push(line) } });
  const config = loadConfig({}, { RIGKIT_PORT: '0', RIGKIT_PROXY_PORT: '0', RIGKIT_DATA_DIR: dataDir });
  const removeFolder = () => rm(dataDir, { recursive: true, force: true });
  const sandbox = await startSandbox(config, { logger }).catch(async (error) => {
    await removeFolder();
    throw error;
  });
  return {
    async record(facts) {
      const scenarios: Scenario[] = [];
      for (const [name, own] of Object.entries(facts)) {
        const response = await fetch(`${sandbox.description.controls}/scenarios/${name}`, { method: 'POST' });
        if (response.status !== 201) throw new Error(`scenario ${name} cannot be loaded: ${errors.join('')}`);
        scenarios.push(await record(sandbox.description, name, own, (await response.json()) as LoadedScenario));
      }
      return scenarios;
    },
    async close() {
      await sandbox.close();
      await removeFolder();
    },
  };
}

async function record(
  { control_plane, proxy }: SandboxDescription,
  name: string,
  facts: ScenarioFacts,
  { account_id, api_key, workspaces }: LoadedScenario,
): Promise<Scenario> {
  const live = facts.workspaces.filter(({ deleted_at }) => deleted_at === undefined);
  const ids = new Map(workspaces.map(({ workspace_id }, index) => [live[index]?.id ?? '', workspace_id]));
  const headers = { authorization: `Bearer ${api_key}` };
  const read: Read = async <Body extends object>(path: string) => {
    const own = path.replace(/(?<=^\/workspaces\/)[^/?]+/, (id) => ids.get(id) ?? id);
    const response = await fetch(control_plane + own, { headers });
    return response.status === 200 ? ((await response.json()) as Body) : undefined;
  };
  const credits = await read<AiCredits>('/users/me/credits');
  if (credits?.remaining_micro !== facts.left_micro) {
    const left = credits?.remaining_micro;
    throw new Error(`scenario ${name}: ${facts.left_micro} microcredits are to be left, its usage leaves ${left}`);
  }

  const stable = await stableValues(name, facts, ids, read);
  stable.set(account_id, `user-${digest(name).slice(0, 8)}`);
  const bodies: Bodies = {};
  const workspaceIds = [...ids.keys()];
  for (const operation of reads) {
    bodies[operation.operationId] = await readAll(operation, workspaceIds, async (path) => {
      const body = await read(path);
      return body && JSON.parse(JSON.stringify(packSeries(body)), (_, value) => stable.get(value) ?? value);
    });
  }
  const config = await read<WorkspaceAiConfigResponse>(`/workspaces/${workspaceIds[0]}/ai-config`);
  return {
    name,
    summary: facts.summary,
    now: facts.now,
    workspaces: live.map(({ id, name: label }) => ({ id, name: label })),
    aiRefusal: await readAiRefusal(proxy, workspaces[0]?.workspace_key, config?.model),
    responses: { ...bodies, ...readUpdates(bodies, workspaceIds) },
  };
}

/** Asks the control plane for a path in which workspaces have the ids of the facts. Undefined without success. */
type Read = <Body extends object>(path: string) => Promise<Body | undefined>;

/** What is random in the responses, and what stands for it in the record. */
async function stableValues(name: string, facts: ScenarioFacts, ids: ReadonlyMap<string, string>, read: Read) {
  const stable = new Map<unknown, string>(Array.from(ids, ([id, own]) => [own, id]));
  // A deleted workspace is in the usage only.
  const { by_workspace = [] } = (await read<GetAiUsageResponse>('/users/me/ai-usage')) ?? {};
  for (const { workspace_id, workspace_name } of by_workspace) {
    const named = facts.workspaces.find((workspace) => workspace.name === workspace_name);
    stable.set(workspace_id, named?.id ?? workspace_id);
  }
  const { vms = [] } = (await read<ListWorkspacesResponse>('/workspaces')) ?? {};
  for (const [index, { ip_address }] of vms.entries()) {
    if (ip_address) stable.set(ip_address, `10.77.0.${FIRST_ADDRESS + index}`);
  }
  const { api_keys = [] } = (await read<ListApiKeysResponse>('/api-keys')) ?? {};
  for (const { id, key_preview = '', workspace_id } of api_keys) {
    const hex = digest(`${name} ${workspace_id === undefined ? 'dashboard' : stable.get(workspace_id)}`);
    stable.set(id, formatUuid(hex));
    stable.set(key_preview, `${/^rb_(ws_)?/.exec(key_preview)?.[0]}${hex.slice(32, 41)}...`);
  }
  return stable;
}

/** The last number of the first address that is given to a workspace. */
const FIRST_ADDRESS = 2;

const operations = readOperations(controlPlaneDocument);
/** What is public responds alike to every account. */
const reads = operations.filter(({ method, isPublic }) => method === 'GET' && !isPublic);

/** The path for each workspace where it is of one, else itself. None where it names another resource. */
function fillPath(path: string, workspaceIds: readonly string[]): string[] {
  const paths = path.startsWith('/workspaces/{id}') ? workspaceIds.map((id) => path.replace('{id}', id)) : [path];
  return paths.filter((filled) => !filled.includes('{'));
}

/** The bodies of a read by path, also with each query that changes the body. */
async function readAll(
  { path, parameters }: Operation,
  workspaceIds: readonly string[],
  read: (path: string) => Promise<object | undefined>,
): Promise<Record<string, object>> {
  const queries = parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema }) => allowedValues(schema).map((value) => `?${name}=${value}`));
  const bodies: Record<string, object> = {};
  for (const filled of fillPath(path, workspaceIds)) {
    const body = await read(filled);
    if (body === undefined) continue;
    bodies[filled] = body;
    for (const query of queries) {
      const own = await read(filled + query);
      if (own !== undefined && !isDeepStrictEqual(own, body)) bodies[filled + query] = own;
    }
  }
  return bodies;
}

function allowedValues(schema: Schema | undefined): readonly unknown[] {
  return (schema && resolve<Schema>(controlPlaneDocument, schema).enum) ?? [];
}

/** An update shows what a read with the same schema shows: in a mock without memory it changes nothing. */
function readUpdates(recorded: Bodies, workspaceIds: readonly string[]): Bodies {
  const updates = operations.flatMap((update): [string, Record<string, object>][] => {
    if (update.method !== 'PUT') return [];
    const read = reads.find((one) => isDeepStrictEqual(successSchema(one), successSchema(update)));
    if (read === undefined) return [];
    const readPaths = fillPath(read.path, workspaceIds);
    const bodies = fillPath(update.path, workspaceIds).flatMap((path, index) => {
      const body = recorded[read.operationId]?.[readPaths[index] ?? ''];
      return body === undefined ? [] : [[path, body] as const];
    });
    return [[update.operationId, Object.fromEntries(bodies)]];
  });
  return Object.fromEntries(updates);
}

function successSchema({ responses }: Operation): Schema | undefined {
  return responses.get('200')?.content.get('application/json')?.schema;
}

/** How the proxy refuses a call of the workspace, by the name of the contract's example; null where it serves the call. */
async function readAiRefusal(proxy: string, workspaceKey: string | undefined, model: string | undefined) {
  if (workspaceKey === undefined) return null;
  const response = await fetch(`${proxy}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspaceKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  const { error } = (await response.json()) as { error?: { code: string } };
  return error === undefined ? null : { code: String(response.status), example: error.code.replaceAll('_', '-') };
}

/** A UUID of version 4 from the digits of a digest. */
function formatUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
