import type { PrismContent, PrismOperation } from './prism-operation.ts';

type Schema = NonNullable<PrismContent['schema']>;

/**
 * The value without the members that its schema marks `writeOnly`. Prism strips them from some generated bodies only,
 * and never from examples.
 *
 * @param operation where `$ref`s of recursive schemas point into
 */
export function dropWriteOnly(value: unknown, schema: Schema | undefined, operation: PrismOperation): unknown {
  return schema ? drop(value, [schema], operation) : value;
}

function drop(value: unknown, schemas: readonly unknown[], root: PrismOperation): unknown {
  const layers = schemas.flatMap((schema) => layersOf(schema, root, new Set()));
  if (layers.length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, at) =>
      drop(
        item,
        layers.flatMap((layer) => itemSchemas(layer, at)),
        root,
      ),
    );
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const members = layers.flatMap((layer) => memberSchemas(layer, name));
      const concealed = members
        .flatMap((schema) => layersOf(schema, root, new Set()))
        .some(({ writeOnly }) => writeOnly);
      return concealed ? [] : [[name, drop(member, members, root)]];
    }),
  );
}

/** The schema and all that apply to the same place: references, and the branches of allOf, anyOf and oneOf. */
function layersOf(schema: unknown, root: PrismOperation, seen: Set<unknown>): Schema[] {
  if (!isSchema(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const branches = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const target = schema.$ref === undefined ? undefined : resolve(schema.$ref, root);
  return [schema, ...[...branches, target].flatMap((branch) => layersOf(branch, root, seen))];
}

function memberSchemas(schema: Schema, name: string): unknown[] {
  const own = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
  return own === undefined ? [schema.additionalProperties] : [own];
}

function itemSchemas(schema: Schema, at: number): unknown[] {
  return Array.isArray(schema.items) ? [schema.items[at]] : [schema.items];
}

function resolve(reference: string, root: PrismOperation): unknown {
  const segments = reference.replace(/^#\/?/, '').split('/');
  return segments.reduce<unknown>((node, segment) => {
    const name = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;
  }, root);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
