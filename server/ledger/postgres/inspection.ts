import { type Session, statement } from '../../database/postgres/database.ts';
import type { LedgerInspector } from '../audit.ts';
import {
  ENTRY_COLUMNS,
  type EntryRow,
  entryOf,
  type HoldBooksRow,
  holdBooksOf,
  type UsageBooksRow,
  usageBooksOf,
} from '../ledger-rows.ts';

const HOLDS = `
  SELECT holds.id, holds.account_id, holds.mode, holds.state, holds.cost_micro, decision,
    reconciliations.cost_micro AS decided_micro,
    CASE WHEN entry.hold_id IS NULL THEN 0 ELSE 1 END::bigint AS charges,
    coalesce(entry.amount_micro, 0) AS charged_micro,
    CASE WHEN entry.account_id <> holds.account_id THEN 1 ELSE 0 END::bigint AS elsewhere
  FROM holds
    LEFT JOIN ledger_entries AS entry ON entry.hold_id = holds.id
    LEFT JOIN reconciliations ON reconciliations.hold_id = holds.id`;

const STRAYS = `
  SELECT ${ENTRY_COLUMNS} FROM ledger_entries
  WHERE hold_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM holds WHERE holds.id = hold_id)`;

/** What the settled holds of a workspace come to in each period, beside what was counted. */
const usageBooks = (
  table: string,
  period: string,
  periodOfHold: string,
  shown: string,
  join: string,
  since: string,
) => `
  WITH settled AS (
    SELECT account_id, workspace_id, ${periodOfHold} AS ${period}, count(*) AS requests,
      sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens,
      sum(cost_micro)::bigint AS cost_micro
    FROM holds WHERE state = 'settled' ${since} GROUP BY 1, 2, 3
  )
  SELECT account_id, workspace_id, ${shown} AS period,
    coalesce(counted.requests, 0) AS requests, coalesce(counted.input_tokens, 0) AS input_tokens,
    coalesce(counted.output_tokens, 0) AS output_tokens, coalesce(counted.cost_micro, 0) AS cost_micro,
    coalesce(settled.requests, 0) AS settled_requests, coalesce(settled.input_tokens, 0) AS settled_input_tokens,
    coalesce(settled.output_tokens, 0) AS settled_output_tokens, coalesce(settled.cost_micro, 0) AS settled_cost_micro
  FROM ${table} AS counted ${join} JOIN settled USING (account_id, workspace_id, ${period})`;

const inUtc = (seconds: string, form: string) => `to_char(to_timestamp(${seconds}) AT TIME ZONE 'UTC', '${form}')`;

const USAGE_DAYS = usageBooks('usage_days', 'day', inUtc('updated_at / 1000', 'YYYY-MM-DD'), 'day', 'FULL', '');

/** Old minutes are thrown away: those that are there are right. */
const USAGE_MINUTES = usageBooks(
  'usage_minutes',
  'minute',
  'updated_at / 60000',
  inUtc('minute * 60', 'YYYY-MM-DD"T"HH24:MI'),
  'LEFT',
  'AND updated_at >= (SELECT min(minute) FROM usage_minutes) * 60000',
);

/** Tells an inspector what the rows say of holds, charges and usage. Rules stand in the domain: here is only what belongs to what. */
export async function inspectRest(tx: Session, inspector: LedgerInspector): Promise<void> {
  await eachRow<HoldBooksRow>(tx, 'inspected_holds', HOLDS, (row) => inspector.hold(holdBooksOf(row)));
  await eachRow<EntryRow>(tx, 'inspected_strays', STRAYS, (row) => inspector.strayCharge(entryOf(row)));
  for (const [cursor, sql] of Object.entries({ inspected_days: USAGE_DAYS, inspected_minutes: USAGE_MINUTES })) {
    await eachRow<UsageBooksRow>(tx, cursor, sql, (row) => inspector.usage(usageBooksOf(row)));
  }
}

/** A thousand at a time, so that books of any length fit in memory. */
async function eachRow<Row extends object>(
  tx: Session,
  cursor: string,
  sql: string,
  tell: (row: Row) => void,
): Promise<void> {
  await tx.query(statement(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`));
  const fetch = statement(`FETCH 1000 FROM ${cursor}`);
  for (;;) {
    const rows = await tx.query<Row>(fetch);
    if (rows.length === 0) return;
    for (const row of rows) tell(row);
  }
}
