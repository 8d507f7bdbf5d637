import { all, type Database, run } from '../database/database.ts';
import { type Int, queriesOn } from '../database/query.ts';
import { dayAt } from '../money/periods.ts';
import type { UnpricedUse } from './audit.ts';
import type { UnpricedNote } from './port.ts';

const query = queriesOn<{
  unpriced_usage: {
    readonly day: string;
    readonly provider: string;
    readonly model: string;
    readonly field: string;
    readonly hold_id: string;
    readonly at: Int;
  };
}>();

const ADD = query((db, values: Omit<UnpricedUse, 'at'> & { readonly day: string; readonly at: number }) =>
  db
    .insertInto('unpriced_usage')
    .values({
      day: values.day,
      provider: values.provider,
      model: values.model,
      field: values.field,
      hold_id: values.holdId,
      at: values.at,
    })
    .onConflict((conflict) => conflict.doNothing()),
);
const LIST = query((db) =>
  db
    .selectFrom('unpriced_usage')
    .select(['provider', 'model', 'field', 'hold_id', 'at'])
    .orderBy('at')
    .orderBy('field'),
);

/** So many rows a process remembers to have written; then it starts anew, which writes nothing twice either. */
const REMEMBERED = 10_000;

/**
 * The notes about usage without a known price. One row a day for each provider, model and field: an operator needs no more
 * to ask for the price, and a flood of calls writes nothing.
 */
export function createUnpricedUsage(database: Database) {
  const written = new Set<string>();
  return {
    async noteUnpriced({ fields, ...note }: UnpricedNote): Promise<void> {
      const day = dayAt(note.at);
      const isNew = (field: string) => !written.has([day, note.provider, note.model, field].join(' '));
      const news = fields.filter(isNew);
      if (news.length === 0) return;
      await database.write(function* () {
        for (const field of news) yield* run(ADD, { ...note, day, field });
      });
      if (written.size > REMEMBERED) written.clear();
      for (const field of news) written.add([day, note.provider, note.model, field].join(' '));
    },
    async unpricedUsage(): Promise<readonly UnpricedUse[]> {
      const rows = await database.snapshot(() => all(LIST, {}));
      return rows.map(({ hold_id: holdId, at, ...row }) => ({ ...row, holdId, at: Number(at) }));
    },
  };
}
