import { sql } from 'kysely';
import { type Database, run, type Script } from '../../database/database.ts';
import { type Int, type IntOrNull, queriesOn } from '../../database/query.ts';
import { createPruneSchedule } from '../../ledger/prune-schedule.ts';

/** Ids of what a provider keeps under the platform's key, got by one call of a workspace. */
export interface NewProviderIds {
  /** The API that gave the ids out, and takes them. */
  readonly api: string;
  readonly ids: readonly string[];
  readonly workspaceId: string;
  /** The most tokens that one of them brings into a later prompt; null: not known. */
  readonly contextTokens: number | null;
  readonly at: number;
}

/** Whose an id is. */
export interface ProviderIdOwner {
  readonly workspaceId: string;
  readonly contextTokens: number | null;
}

/** What providers keep for workspaces: the platform's key is one for all, so the provider does not tell them apart. */
export interface ProviderIds {
  /**
   * Notes the ids, durably. A provider makes an id once; where one comes again all the same, from another provider or a stub
   * that was started anew, it belongs to who got it last. A deleted workspace gets none.
   */
  keepProviderIds(kept: NewProviderIds): Promise<void>;
  /** Those of the ids that are kept for a workspace: for 60 days at least, or until the workspace is deleted. */
  findProviderIds(api: string, ids: readonly string[]): Promise<ReadonlyMap<string, ProviderIdOwner>>;
}

interface ProviderIdsTable {
  readonly api: string;
  readonly id: string;
  readonly workspace_id: string;
  readonly context_tokens: IntOrNull;
  readonly kept_at: Int;
}

/** OpenAI keeps responses for 30 days, and nothing that calls make is kept for longer without being used. */
const KEPT_DAYS = 60;
const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

const query = queriesOn<{ provider_ids: ProviderIdsTable }>();

/** What grows with each use, as a container does, keeps the larger count; a count that is not known is the largest. */
const KEEP = query((_db, values: NewProviderIds, { listed }) => {
  const { api, workspaceId, contextTokens, at } = values;
  return sql<{ id: string }>`
    insert into provider_ids (api, id, workspace_id, context_tokens, kept_at)
    select ${api}, value, workspaces.id, cast(${contextTokens} as bigint), cast(${at} as bigint)
    from workspaces, ${listed(values.ids)}
    where workspaces.id = ${workspaceId} and deleted_at is null
    on conflict (api, id) do update set
      workspace_id = excluded.workspace_id,
      kept_at = excluded.kept_at,
      context_tokens = case
        when provider_ids.workspace_id = excluded.workspace_id and excluded.context_tokens is not null
          and (provider_ids.context_tokens is null or provider_ids.context_tokens > excluded.context_tokens)
        then provider_ids.context_tokens else excluded.context_tokens end
    returning id`;
});
const FIND = query((db, values: { api: string; ids: readonly string[] }, { isAmong }) =>
  db
    .selectFrom('provider_ids')
    .select(['id', 'workspace_id', 'context_tokens'])
    .where('api', '=', values.api)
    .where(isAmong('id', values.ids)),
);
const PRUNE = query((db, values: { workspaceId: string; before: bigint }) =>
  db.deleteFrom('provider_ids').where('workspace_id', '=', values.workspaceId).where('kept_at', '<', values.before),
);
const DELETE_WITH_WORKSPACE = query((db, values: { workspaceId: string }) =>
  db.deleteFrom('provider_ids').where('workspace_id', '=', values.workspaceId),
);

/** In the transaction that deletes the workspace. */
export function deleteWorkspaceProviderIds(workspaceId: string): Script<void> {
  return run(DELETE_WITH_WORKSPACE, { workspaceId });
}

export function providerIdsSql(database: Database): ProviderIds {
  const isPruneDue = createPruneSchedule();
  return {
    async keepProviderIds(kept) {
      const { workspaceId, at } = kept;
      await database.writeOne(KEEP, kept);
      if (isPruneDue(workspaceId, Math.floor(at / MINUTE_MS))) {
        await database.write(() => run(PRUNE, { workspaceId, before: BigInt(at - KEPT_DAYS * DAY_MS) }));
      }
    },
    async findProviderIds(api, ids) {
      const rows = await database.all(FIND, { api, ids });
      return new Map(
        rows.map(({ id, workspace_id: workspaceId, context_tokens: tokens }) => [
          id,
          { workspaceId, contextTokens: tokens === null ? null : Number(tokens) },
        ]),
      );
    },
  };
}
