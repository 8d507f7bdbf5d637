import { afterAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../harness/postgres/database.ts';
import { newTestDatabase } from '../../harness/postgres/test-database.ts';
import { describeMatrix } from './matrix.ts';

let database: TestDatabase;
afterAll(() => database?.drop());

describeMatrix('PostgreSQL', async () => {
  database = await newTestDatabase();
  return database.url;
});

it('all of this stands in the books of that PostgreSQL', async () => {
  const [books] = await database.aside<{ models: string }>('SELECT count(DISTINCT model) AS models FROM holds');
  expect(Number(books?.models)).toBeGreaterThan(5);
});
