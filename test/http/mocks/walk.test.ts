import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Operation, readOperations } from '../../../contract/operation.ts';
import { controlPlaneDocument, managedProxyDocument, type OpenApiDocument } from '../../../generated/bundles.ts';
import { type Mock, startMock } from '../../../mocks/prism/mock-server.ts';
import { EVENT_STREAM } from '../../../mocks/responses/response.ts';
import { everyOperation, type Json } from '../../spec/walk.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

interface Row {
  readonly name: string;
  readonly statuses: number;
  readonly examples: number;
  readonly valid: number;
}

it('every operation answers with every documented status and example, and each is valid by the contract', async () => {
  const rows: Row[] = [];
  const flaws: string[] = [];
  for (const [document, base] of [
    [controlPlaneDocument, '/api/v1'],
    [managedProxyDocument, ''],
  ] as const) {
    for (const operation of readOperations(document)) rows.push(await walk(document, base, operation, flaws));
  }
  console.log(formatTable(rows));
  expect(flaws).toEqual([]);
  expect(rows).toHaveLength(everyOperation.length);
  expect(rows.every(({ examples, valid }) => examples > 0 && valid === examples)).toBe(true);
});

async function walk(document: OpenApiDocument, base: string, operation: Operation, flaws: string[]) {
  const name = `${operation.method} ${operation.path}`;
  const counts = { examples: 0, valid: 0 };
  for (const [code, { content }] of operation.responses) {
    for (const [mediaType, { examples, schema: written }] of content) {
      const schema = compiledOnce(document, written as Json);
      for (const example of examples.keys()) {
        counts.examples += 1;
        const answer = await ask(base, operation, mediaType, `code=${code}, example=${example}`);
        const flaw = await findFlaw(answer, code, mediaType, schema);
        if (flaw === undefined) counts.valid += 1;
        else flaws.push(`${name} ${code} ${example}: ${flaw}`);
      }
    }
  }
  return { name, statuses: operation.responses.size, ...counts };
}

async function findFlaw(answer: Response, code: string, mediaType: string, schema: z.ZodType) {
  const text = await answer.text();
  if (String(answer.status) !== code) return `status ${answer.status}: ${text.slice(0, 200)}`;
  if (answer.headers.get('content-type') !== mediaType) return `content type ${answer.headers.get('content-type')}`;
  if (mediaType === EVENT_STREAM) return text.endsWith('\n\n') ? undefined : 'the last event is not complete';
  return schema.safeParse(JSON.parse(text)).error?.message;
}

function compiledOnce(document: OpenApiDocument, schema: Json): z.ZodType {
  const known = schemas.get(document) ?? new Map<string, z.ZodType>();
  schemas.set(document, known);
  const name = JSON.stringify(schema);
  const found = known.get(name) ?? compiled(document, schema);
  known.set(name, found);
  return found;
}

/** Most operations share the schemas of their errors, and each takes its time. */
const schemas = new Map<OpenApiDocument, Map<string, z.ZodType>>();

function compiled(document: OpenApiDocument, schema: Json): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')));
}

function ask(base: string, operation: Operation, mediaType: string, prefer: string) {
  const stream = mediaType === EVENT_STREAM;
  const path = operation.path.replace('{version}', 'v1beta').replace(/\{\w+\}/g, 'some');
  const query = [path.startsWith('/rig/') ? 'subject=a' : '', stream ? 'alt=sse' : ''].filter(Boolean).join('&');
  const body = requestBody(operation);
  return fetch(`${mock.url}${base}${path}?${query}`, {
    method: operation.method,
    headers: { authorization: 'Bearer rb_x', prefer, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify({ ...body, ...(stream && !path.includes('/google/') && { stream: true }) }) }),
  });
}

function requestBody({ body }: Operation): Json | undefined {
  const [first] = body?.content.get('application/json')?.examples.values() ?? [];
  return first as Json | undefined;
}

function formatTable(rows: readonly Row[]): string {
  const total = rows.reduce((sum, row) => ({
    name: `${rows.length} operations`,
    statuses: sum.statuses + row.statuses,
    examples: sum.examples + row.examples,
    valid: sum.valid + row.valid,
  }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = ({ name, statuses, examples, valid }: Row) =>
    `${name.padEnd(width)} ${String(statuses).padStart(9)} ${String(examples).padStart(9)} ${String(valid).padStart(6)}`;
  return [`${''.padEnd(width)}  statuses  examples  valid`, ...rows.map(line), line(total)].join('\n');
}
