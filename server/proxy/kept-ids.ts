/** Ids of what a provider keeps under the platform's key: usable only by the workspace that got them. */
import type { Operation, Reported } from './apis/operation.ts';
import { findReferences } from './apis/references.ts';
import type { JsonObject } from './apis/wire-values.ts';
import type { KeptId, KeptIds, ProxyLogger, ProxyWorkspace } from './options.ts';
import { type Refusal, refusal } from './refusals.ts';

/** More than any call names, and few enough to be looked up at once. */
const MOST_REFERENCES = 5_000;
/** What providers give out as ids. No other text is one, and none of it is looked up. */
const ID = /^[\x21-\x7e]{1,512}$/;

interface Asking {
  readonly operation: Operation;
  readonly workspace: ProxyWorkspace;
  readonly request: JsonObject;
}

/** What the ids in a request stand for. */
export interface KeptThings {
  readonly kind: 'kept';
  /** By id. Empty for a workspace that calls with its own key: what its provider keeps is not known here. */
  readonly ids: ReadonlyMap<string, KeptId>;
}

const NOTHING: KeptThings = { kind: 'kept', ids: new Map() };

/**
 * Looks up what a managed call names by id. An id that is not known and one of another workspace are refused alike. A
 * workspace with a key of its own may name what it likes: its provider tells it from others.
 */
export async function findKeptThings(
  { operation, workspace, request }: Asking,
  keptIds: KeptIds | undefined,
  logger: ProxyLogger,
): Promise<KeptThings | Refusal> {
  if (workspace.mode !== 'managed') return NOTHING;
  const references = findReferences(request);
  if (references.length === 0) return NOTHING;
  if (references.length > MOST_REFERENCES) {
    return refusal('invalid_request', { message: `The body names more than ${MOST_REFERENCES} things by their ids.` });
  }
  const ids = [...new Set(references.map(({ id }) => id))].filter((id) => ID.test(id));
  let found: ReadonlyMap<string, KeptId> = NOTHING.ids;
  try {
    if (keptIds !== undefined && ids.length > 0) found = await keptIds.find(operation.envelope.api, ids);
  } catch (error) {
    logger.error({ err: error }, 'the ids of a call could not be looked up');
    return refusal('metering_unavailable');
  }
  const foreign = references.find(({ id }) => found.get(id)?.workspaceId !== workspace.workspaceId);
  if (foreign === undefined) return { kind: 'kept', ids: found };
  const { param } = foreign;
  return refusal('unknown_id', { param, message: `${param}: nothing with this id is kept for this workspace.` });
}

interface Keeping {
  readonly operation: Operation;
  readonly workspace: ProxyWorkspace;
  readonly reported: Reported | undefined;
  readonly at: number;
}

/** Notes the ids that a managed call got, before its caller sees the end of the response. Where that fails, they are unknown. */
export async function noteKeptIds(
  { operation, workspace, reported, at }: Keeping,
  keptIds: KeptIds | undefined,
  logger: ProxyLogger,
): Promise<void> {
  const ids = reported?.keptIds?.filter((id) => ID.test(id)) ?? [];
  if (keptIds === undefined || reported === undefined || ids.length === 0 || workspace.mode !== 'managed') return;
  const { inputTokens, outputTokens } = reported.consumption;
  const { workspaceId } = workspace;
  try {
    const contextTokens = inputTokens + outputTokens;
    await keptIds.keep({ api: operation.envelope.api, ids, workspaceId, contextTokens, at });
  } catch (error) {
    logger.error({ err: error, ids: ids.length }, 'the ids of a response were not kept: they cannot be used');
  }
}
