import type { Database as Connection, Statement } from 'better-sqlite3';
import type { AnyQuery, Database, Script, Step } from '../database.ts';
import type { Value } from '../query.ts';
import type { GroupCommit } from './group-commit.ts';

interface Prepared {
  readonly statement: Statement<unknown[]>;
  bind(values: object): readonly unknown[];
}

/** Runs statements and scripts on the one connection. What reads does not wait for what is written, and is not waited for. */
export function createSqliteDatabase(connection: Connection, group: GroupCommit): Database {
  const known = new Map<AnyQuery, Prepared>();
  const reading = connection.transaction((script: () => Script<unknown>) => drive(script()));

  function prepared(query: AnyQuery): Prepared {
    const before = known.get(query);
    if (before !== undefined) return before;
    const { text, bind } = query.compiledFor('sqlite');
    const made = {
      statement: connection.prepare<unknown[]>(text),
      bind: (values: object) => bind(values).map(storable),
    };
    known.set(query, made);
    return made;
  }

  function first(query: AnyQuery, values: object): unknown {
    const { statement, bind } = prepared(query);
    return statement.get(...bind(values));
  }

  function all(query: AnyQuery, values: object): unknown[] {
    const { statement, bind } = prepared(query);
    return statement.all(...bind(values));
  }

  function perform(step: Step): unknown {
    if (step.kind === 'native') return step.run(connection as never);
    if (step.kind === 'first') return first(step.query, step.values);
    if (step.kind === 'all') return all(step.query, step.values);
    const { statement, bind } = prepared(step.query);
    if (step.kind === 'run') return statement.run(...bind(step.values));
    for (const row of statement.iterate(...bind(step.values))) step.tell(row);
    return undefined;
  }

  function drive<T>(script: Script<T>): T {
    let next = script.next();
    while (next.done !== true) next = script.next(perform(next.value));
    return next.value;
  }

  return {
    all: async (query, values) => all(query, values) as never,
    first: async (query, values) => first(query, values) as never,
    writeOne: (query, values) => group.run(() => first(query, values) as never),
    write: (script) => group.run(() => drive(script())),
    snapshot: async (script) => reading(script) as never,
  };
}

/** A list is one parameter, which `json_each` takes apart. */
function storable(value: Value): unknown {
  return Array.isArray(value) ? JSON.stringify(value) : value;
}
