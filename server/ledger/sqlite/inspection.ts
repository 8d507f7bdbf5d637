import type { Database } from 'better-sqlite3';
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
    count(entry.id) AS charges,
    coalesce(sum(entry.amount_micro), 0) AS charged_micro,
    coalesce(sum(entry.account_id <> holds.account_id), 0) AS elsewhere
  FROM holds
    LEFT JOIN ledger_entries AS entry ON entry.hold_id = holds.id
    LEFT JOIN reconciliations ON reconciliations.hold_id = holds.id
  GROUP BY holds.id`;

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
      sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(cost_micro) AS cost_micro
    FROM holds WHERE state = 'settled' ${since} GROUP BY 1, 2, 3
  )
  SELECT account_id, workspace_id, ${shown} AS period,
    coalesce(counted.requests, 0) AS requests, coalesce(counted.input_tokens, 0) AS input_tokens,
    coalesce(counted.output_tokens, 0) AS output_tokens, coalesce(counted.cost_micro, 0) AS cost_micro,
    coalesce(settled.requests, 0) AS settled_requests, coalesce(settled.input_tokens, 0) AS settled_input_tokens,
    coalesce(settled.output_tokens, 0) AS settled_output_tokens, coalesce(settled.cost_micro, 0) AS settled_cost_micro
  FROM ${table} AS counted ${join} JOIN settled USING (account_id, workspace_id, ${period})`;

const USAGE_DAYS = usageBooks('usage_days', 'day', "date(updated_at / 1000, 'unixepoch')", 'day', 'FULL', '');

/** Old minutes are thrown away: those that are there are right. */
const USAGE_MINUTES = usageBooks(
  'usage_minutes',
  'minute',
  'updated_at / 60000',
  "strftime('%Y-%m-%dT%H:%M', minute * 60, 'unixepoch')",
  'LEFT',
  'AND updated_at >= (SELECT min(minute) FROM usage_minutes) * 60000',
);

/** Tells an inspector what the rows say of holds, charges and usage. Rules stand in the domain: here is only what belongs to what. */
export function createInspection(db: Database): (inspector: LedgerInspector) => void {
  const selectHolds = db.prepare<[], HoldBooksRow>(HOLDS);
  const selectStrays = db.prepare<[], EntryRow>(STRAYS);
  const selectUsage = [USAGE_DAYS, USAGE_MINUTES].map((sql) => db.prepare<[], UsageBooksRow>(sql));

  return (inspector) => {
    for (const row of selectHolds.iterate()) inspector.hold(holdBooksOf(row));
    for (const row of selectStrays.iterate()) inspector.strayCharge(entryOf(row));
    for (const select of selectUsage) {
      for (const row of select.iterate()) inspector.usage(usageBooksOf(row));
    }
  };
}
