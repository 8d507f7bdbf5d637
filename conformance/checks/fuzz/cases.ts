import type { OpenApiDocument } from '../../../generated/bundles.ts';
import { type BodyKind, bodyKinds, makeBody } from './bodies.ts';
import { createChance } from './chance.ts';
import type { FuzzedOperation } from './operation.ts';
import { makeTarget, possibleTargetKinds, type TargetKind } from './targets.ts';

export type FuzzKind = BodyKind | TargetKind;

/** One generated request. */
export interface FuzzCase {
  /** From 1; together with the seed it names the request. */
  readonly number: number;
  readonly kind: FuzzKind;
  /** With its query. */
  readonly path: string;
  readonly body: string | undefined;
  /** Whether the contract itself refuses it; otherwise it may be accepted. */
  readonly breaks: boolean;
}

export interface CaseOptions {
  readonly seed: number;
  /** How many requests. */
  readonly count: number;
  /** Values for the parameters of path and query, so that a request means something but for what is spoilt. */
  readonly fill: Readonly<Record<string, string>>;
  /** Values for fields of the body, where the schema has such. Default: drawn like all others. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Whether the platform refuses query parameters that the contract does not have. */
  readonly isQueryClosed: boolean;
  /** Only these kinds. Default: all that the operation has a place for. */
  readonly kinds?: readonly FuzzKind[];
}

/**
 * The generated requests of an operation: the same ones for the same seed, whatever else runs. The kinds take turns, so
 * that few requests try all of them.
 */
export function makeCases(
  document: OpenApiDocument,
  operation: FuzzedOperation,
  { seed, count, fill, fields = {}, isQueryClosed, kinds: only }: CaseOptions,
): readonly FuzzCase[] {
  const possible = [
    ...(operation.body === undefined ? [] : bodyKinds),
    ...possibleTargetKinds(operation, isQueryClosed),
  ];
  const kinds = possible.filter((kind) => only?.includes(kind) ?? true);
  if (kinds.length === 0) return [];
  const cases: FuzzCase[] = [];
  for (let turn = 0; cases.length < count; turn += 1) {
    const kind = kinds[turn % kinds.length] as FuzzKind;
    const chance = createChance(seed, `${operation.id}/${turn}`);
    const bodyKind = isBodyKind(kind) ? kind : 'a valid body';
    const body = operation.body && makeBody(document, operation.body, bodyKind, fields, chance);
    // This schema has nothing for that kind; `a valid body` it always has.
    if (operation.body !== undefined && body === undefined) continue;
    const target = makeTarget(document, operation, isBodyKind(kind) ? undefined : kind, fill, chance);
    const breaks = target.breaks || (body?.breaks ?? false);
    cases.push({ number: cases.length + 1, kind, path: target.path, body: body?.text, breaks });
  }
  return cases;
}

function isBodyKind(kind: FuzzKind): kind is BodyKind {
  return (bodyKinds as readonly FuzzKind[]).includes(kind);
}
