import type { OpenApiDocument } from '../../../generated/bundles.ts';
import type { Chance } from './chance.ts';
import type { FuzzedOperation } from './operation.ts';
import { obeys } from './schema.ts';
import { HOSTILE_TEXTS } from './values.ts';

/** A generated path or query, and whether the contract refuses it whatever the platform holds. */
export interface FuzzedTarget {
  readonly path: string;
  readonly breaks: boolean;
}

/** Path segments that no id is, as they travel. */
const SEGMENTS: readonly string[] = [
  '%00',
  '%0d%0aX-Injected:1',
  '%F0%9F%A6%80',
  '%C0%AF',
  '%2F',
  '%2e%2e%2f%2e%2e',
  '%20',
  '__proto__',
  'constructor',
  "'%20OR%20'1'='1",
  '-1',
  'null',
  'x'.repeat(2_000),
];
const UNKNOWN_PARAMETERS: readonly string[] = ['surprise=1', '__proto__=1', 'constructor', 'a[b]=1', '%00=1', '=1'];
/** Longer ones make the line too long for HTTP servers before any contract is asked. */
const LONGEST_QUERY_VALUE = 1_000;

/** In the words of a report. */
export type TargetKind =
  | 'a hostile path'
  | 'an unknown query parameter'
  | 'a query parameter twice'
  | 'a hostile query';

/** The kinds that an operation has a place for; unknown parameters are refused by the control plane and by `/rig`. */
export function possibleTargetKinds(operation: FuzzedOperation, isQueryClosed: boolean): readonly TargetKind[] {
  const hasQuery = Object.keys(operation.query).length > 0;
  return [
    ...(operation.pathParameters.length > 0 ? (['a hostile path'] as const) : []),
    ...(isQueryClosed ? (['an unknown query parameter'] as const) : []),
    ...(isQueryClosed && hasQuery ? (['a query parameter twice', 'a hostile query'] as const) : []),
  ];
}

/** A target of this kind. `fill` has a value for every parameter of the path, and for the query parameters required. */
export function makeTarget(
  document: OpenApiDocument,
  operation: FuzzedOperation,
  kind: TargetKind | undefined,
  fill: Readonly<Record<string, string>>,
  chance: Chance,
): FuzzedTarget {
  const hostile = kind === 'a hostile path' ? chance.pick(operation.pathParameters) : undefined;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === hostile ? chance.pick(SEGMENTS) : encodeURIComponent(fill[name] ?? name),
  );
  const given = Object.keys(operation.query).filter((name) => fill[name] !== undefined);
  const fields = given.map((name) => `${name}=${encodeURIComponent(fill[name] ?? '')}`);
  const added = addedTo(document, operation, kind, chance);
  const query = [
    ...fields.filter((field) => !added.replaces.some((name) => field.startsWith(`${name}=`))),
    ...added.fields,
  ];
  return { path: query.length === 0 ? path : `${path}?${query.join('&')}`, breaks: added.breaks };
}

interface Added {
  readonly fields: readonly string[];
  readonly replaces: readonly string[];
  readonly breaks: boolean;
}

function addedTo(
  document: OpenApiDocument,
  operation: FuzzedOperation,
  kind: TargetKind | undefined,
  chance: Chance,
): Added {
  if (kind === undefined || kind === 'a hostile path') return { fields: [], replaces: [], breaks: false };
  if (kind === 'an unknown query parameter') {
    return { fields: [chance.pick(UNKNOWN_PARAMETERS)], replaces: [], breaks: true };
  }
  const name = chance.pick(Object.keys(operation.query));
  const texts = HOSTILE_TEXTS.filter((text) => text.length <= LONGEST_QUERY_VALUE);
  const text = chance.pick(texts).toWellFormed();
  const field = `${name}=${encodeURIComponent(text)}`;
  if (kind === 'a query parameter twice') return { fields: [field, field], replaces: [name], breaks: true };
  return { fields: [field], replaces: [name], breaks: !obeys(document, operation.query[name] ?? {}, text) };
}
