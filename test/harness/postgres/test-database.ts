import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import { newDatabase, type TestDatabase } from './database.ts';

/** A database on the server of this test run, which starts when the first test asks for it. */
export async function newTestDatabase(): Promise<TestDatabase> {
  const said = await text(connect(inject('postgresPort'), '127.0.0.1'));
  if (!said.startsWith('postgres')) throw new Error(said);
  return newDatabase(said);
}
