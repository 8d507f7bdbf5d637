import { type ApiDocument, resolve } from '../../contract/document.ts';
import type { Schema } from '../../contract/schema.ts';

/**
 * The value without the members that its schema marks `writeOnly`. Prism strips them from some generated bodies only,
 * and never from examples.
 */
export function dropWriteOnly(value: unknown, schema: Schema | undefined, document: ApiDocument): unknown {
  return schema ? drop(value, [schema], document) : value;
}

function drop(value: unknown, schemas: readonly Schema[], document: ApiDocument): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const layers = schemas.flatMap((schema) => schemaLayers(schema, document, new Set()));
  if (layers.length === 0) return value;
  if (Array.isArray(value)) {
    const items = layers.flatMap(({ items: own }) => own ?? []);
    return value.map((item) => drop(item, items, document));
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const own = layers.flatMap((layer) => memberSchema(layer, name) ?? []);
      const isHidden = own.flatMap((schema) => schemaLayers(schema, document, new Set())).some((one) => one.writeOnly);
      return isHidden ? [] : [[name, drop(member, own, document)]];
    }),
  );
}

/** The schema and all that apply to the same place: references, and the branches of allOf, anyOf and oneOf. */
function schemaLayers(written: Schema, document: ApiDocument, seen: Set<Schema>): Schema[] {
  const schema = resolve<Schema>(document, written);
  if (seen.has(schema)) return [];
  seen.add(schema);
  const branches = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [schema, ...branches.flatMap((branch) => schemaLayers(branch, document, seen))];
}

function memberSchema({ properties = {}, additionalProperties }: Schema, name: string): Schema | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}
