import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestDatabase } from '../test/harness/postgres/database.ts';
import { newTestDatabase } from '../test/harness/postgres/test-database.ts';
import { MINUTE, NOW } from './fixtures/contract/harness.ts';
import { askEverything } from './fixtures/every-request.ts';
import { openPostgresStore } from './store.ts';

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** As the planner sees it, hardly any minute is old, and no account has many: an index by age would look as good as one by account. */
const OTHERS = `
  INSERT INTO usage_minutes SELECT 'acct-' || a, ${Math.floor(NOW / MINUTE)} - m, 'ws-' || a, 1, 1, 1, 1
  FROM generate_series(1, 1000) AS a, generate_series(0, 99) AS m;
  ANALYZE usage_minutes`;

describe('what requests ask of PostgreSQL', () => {
  let database: TestDatabase;
  let client: Client;
  let asked: readonly Asked[];

  beforeEach(async () => {
    database = await newTestDatabase();
    const store = await openPostgresStore({ url: database.url });
    await database.aside(OTHERS);
    const spy = vi.spyOn(Client.prototype, 'query');
    await askEverything(store);
    await store.close();
    const sent: readonly unknown[] = spy.mock.calls.map(([first]) => first);
    asked = sent.filter((call): call is Asked => typeof call === 'object' && call !== null && 'values' in call);
    vi.restoreAllMocks();
    client = new Client({ connectionString: database.url });
    await client.connect();
    // With so few rows it would read them all.
    await client.query('SET enable_seqscan = off');
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
  });

  async function explain({ text, values }: Asked): Promise<PlanNode> {
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>({
      text: `EXPLAIN (FORMAT JSON) ${text}`,
      values: [...values],
    });
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (plan === undefined) throw new Error(`no plan for ${text}`);
    return plan;
  }

  function usageReads(node: PlanNode): readonly PlanNode[] {
    const isRead = node['Relation Name']?.startsWith('usage_') && node['Node Type'].includes('Scan');
    return [...(isRead ? [node] : []), ...(node.Plans ?? []).flatMap(usageReads)];
  }

  it('is, of usage, found by its account, whatever others have left there', async () => {
    const reads: PlanNode[] = [];
    for (const call of asked) reads.push(...usageReads(await explain(call)));
    const isByAccount = (node: PlanNode) =>
      (node['Index Cond'] ?? node['Recheck Cond'] ?? '').startsWith("((account_id = 'acct-asking'");
    expect(new Set(reads.map((node) => node['Relation Name']))).toEqual(new Set(['usage_days', 'usage_minutes']));
    expect(reads.filter((node) => !isByAccount(node))).toEqual([]);
  });
});
