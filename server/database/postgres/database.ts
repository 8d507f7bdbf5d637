import type { AnyQuery, Database, Script, Step } from '../database.ts';
import { type CompiledQuery, Parameter, type Value } from '../query.ts';
import { type Connections, type Session, type Statement, statement } from './connections.ts';

const statements = new WeakMap<CompiledQuery, Statement>();

function rows(session: Session, query: AnyQuery, values: object): Promise<readonly object[]> {
  const compiled = query.compiledFor('postgres');
  const known = statements.get(compiled) ?? statement(compiled.text);
  statements.set(compiled, known);
  return session.query(known, bind(compiled, values));
}

function bind({ parameters }: CompiledQuery, values: object): Value[] {
  const named = values as Readonly<Record<string, Value>>;
  return parameters.map((each) => (each instanceof Parameter ? (named[each.name] ?? null) : each));
}

/** Runs statements and scripts on the connections of the pool. */
export function createPostgresDatabase({ run }: Connections): Database {
  return {
    all: (query, values) => run((db) => rows(db, query, values)) as never,
    first: (query, values) => run(async (db) => (await rows(db, query, values))[0]) as never,
    writeOne: (query, values) => run(async (db) => (await rows(db, query, values))[0]) as never,
    write: (script) => run((db) => db.transaction((tx) => drive(tx, script()))),
    snapshot: (script) => run((db) => db.snapshot((tx) => drive(tx, script()))),
  };
}

async function drive<T>(session: Session, script: Script<T>): Promise<T> {
  let next = script.next();
  while (next.done !== true) next = script.next(await perform(session, next.value));
  return next.value;
}

async function perform(session: Session, step: Step): Promise<unknown> {
  if (step.kind === 'native') return step.run(session as never);
  if (step.kind === 'each') return eachRow(session, step.query, step.values, step.tell);
  const found = await rows(session, step.query, step.values);
  return step.kind === 'first' ? found[0] : found;
}

const FETCH = statement('FETCH 1000 FROM told');
const CLOSE = statement('CLOSE told');

/** A thousand rows at a time. */
async function eachRow(session: Session, query: AnyQuery, values: object, tell: (row: unknown) => void): Promise<void> {
  const compiled = query.compiledFor('postgres');
  await session.query(statement(`DECLARE told NO SCROLL CURSOR FOR ${compiled.text}`), bind(compiled, values));
  for (;;) {
    const found = await session.query(FETCH);
    for (const row of found) tell(row);
    if (found.length === 0) break;
  }
  await session.query(CLOSE);
}
