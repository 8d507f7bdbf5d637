import type { Api, SpecRequirement } from './bundle-spec.ts';
import { everyOperation, type FoundOperation, type Json } from './spec-document.ts';

/** What an operation's `x-families` may say: each word stands for the same requirements at every operation. */
export const familyWords = [
  'documented-answer',
  'closed-body',
  'owned-resource',
  'issued-key',
  'unique',
  'paged-list',
] as const;

export type FamilyWord = (typeof familyWords)[number];

/** A kind of requirement that a word makes. The suite has one check for each kind, the kill matrix one mutation. */
export type FamilyKind =
  | 'documented-answer'
  | 'closed-body'
  | 'foreign-unlisted'
  | 'foreign-hidden'
  | 'foreign-unchanged'
  | 'issued-key'
  | 'unique'
  | 'paged-walk'
  | 'paged-size'
  | 'paged-cursor';

/** A row of `spec/requirement-ids.json`: which requirement of a family has an id, for ever. */
interface Allocated {
  readonly kind: FamilyKind;
  /** The first one is where the requirement stands. */
  readonly operations: readonly string[];
  /** The version of the contract that first had it. */
  readonly since: string;
  /** In place of the family's. */
  readonly source?: string;
  readonly sentence?: string;
  /** No operation makes it any more: the id is not given out again. */
  readonly retired?: true;
}

export type RequirementIds = Readonly<Record<string, Allocated>>;

/** A requirement that a family makes, and the operations that it is checked at. */
export interface FamilyRequirement {
  readonly id: string;
  readonly kind: FamilyKind;
  readonly operationIds: readonly string[];
}

interface Family {
  /** Of the ids that it is given. */
  readonly prefix: string;
  readonly level: string;
  readonly source: string;
  readonly mock?: SpecRequirement['mock'];
  sentence(operation: FamilyOperation): string;
}

interface FamilyOperation extends FoundOperation {
  readonly api: Api;
}

const FORGETFUL: SpecRequirement['mock'] = { verdict: 'fail', reason: 'It remembers nothing.' };
const EMPTY: SpecRequirement['mock'] = { verdict: 'unverified', reason: 'Its lists have one item.' };
const UNOWNED: SpecRequirement['mock'] = { verdict: 'fail', reason: 'It knows every id, and no account owns any.' };

const families: Readonly<Record<FamilyKind, Family>> = {
  'documented-answer': { prefix: 'FUZ', level: 'SHOULD', source: 'decided', sentence: documentedAnswer },
  'closed-body': {
    prefix: 'FUZ',
    level: 'MUST',
    source: 'decided',
    sentence: ({ method, path }) =>
      `Generated bodies of ${method} ${path} with an unknown field, or with a field of another JSON type, are answered 400 with the error body and change nothing.`,
  },
  'foreign-unlisted': {
    prefix: 'OWN',
    level: 'MUST',
    source: 'decided',
    mock: UNOWNED,
    sentence: ({ method, path }) => `${method} ${path} lists nothing of another account.`,
  },
  'foreign-hidden': {
    prefix: 'OWN',
    level: 'MUST',
    source: 'decided',
    mock: UNOWNED,
    sentence: ({ method, path }) =>
      `${method} ${path} with ids of another account is answered 404, with the same body as for ids that do not exist.`,
  },
  'foreign-unchanged': {
    prefix: 'OWN',
    level: 'MUST',
    source: 'decided',
    mock: UNOWNED,
    sentence: ({ method, path }) => `${method} ${path} with ids of another account changes nothing there.`,
  },
  'issued-key': {
    prefix: 'ISS',
    level: 'MUST',
    source: 'decided',
    sentence: ({ method, path }) => `${method} ${path} contains no key in full.`,
  },
  unique: {
    prefix: 'UNQ',
    level: 'MUST',
    source: 'decided',
    mock: FORGETFUL,
    sentence: ({ method, path }) =>
      `${method} ${path} with what has to be unique, and is taken, is answered 409 and changes nothing.`,
  },
  'paged-walk': {
    prefix: 'PAG',
    level: 'MUST',
    source: 'documented',
    mock: EMPTY,
    sentence: ({ method, path }) =>
      `${method} ${path}, page by page along next_cursor, shows whatever is there from beginning to end exactly once and in one order, also while other things are made and deleted.`,
  },
  'paged-size': {
    prefix: 'PAG',
    level: 'MUST',
    source: 'documented',
    mock: FORGETFUL,
    sentence: ({ method, path }) =>
      `${method} ${path} shows at most max_results items; a number that is out of bounds counts as the nearest of 1 and 200, and what is no number as 50.`,
  },
  'paged-cursor': {
    prefix: 'PAG',
    level: 'MUST',
    source: 'decided',
    mock: EMPTY,
    sentence: ({ method, path }) =>
      `${method} ${path} with a cursor that is empty, made up, or of another account is answered 400 invalid_cursor.`,
  },
};

function documentedAnswer({ api, method, path, operation }: FamilyOperation): string {
  const isForwarded = operation['x-forwards'] !== undefined;
  const hasQuery = api === 'control-plane' || !isForwarded;
  const parts = [
    ...(path.includes('{') ? ['paths'] : []),
    ...(hasQuery ? ['queries'] : []),
    ...(operation.requestBody === undefined ? [] : ['bodies']),
  ];
  const generated = `Generated ${[parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(Boolean).join(' and ')}`;
  if (isForwarded) {
    const [, name = `${method} ${path}`] = /:(\w+)$/.exec(path) ?? [];
    return `${generated} of ${name} are answered with a documented status, never 5xx, and errors in the envelope of the API; a refusal costs nothing.`;
  }
  const unchanged = method === 'GET' ? '' : ', and a refusal changes nothing';
  return `${generated} of ${method} ${path} are answered with a documented status and body, never 5xx; what the contract refuses is refused${unchanged}.`;
}

/** The kinds of requirements that an operation's words stand for. Throws where `owned-resource` says nothing of it. */
function findKinds({ operation, operationId, method, path }: FamilyOperation): readonly FamilyKind[] {
  return ((operation['x-families'] ?? []) as readonly FamilyWord[]).flatMap((word): readonly FamilyKind[] => {
    if (word === 'paged-list') return ['paged-walk', 'paged-size', 'paged-cursor'];
    if (word !== 'owned-resource') return [word];
    if (!path.includes('{')) {
      if (method === 'GET') return ['foreign-unlisted'];
      throw new Error(`${operationId}: owned-resource is for paths with ids and for lists, and ${path} has no id`);
    }
    return method === 'GET' ? ['foreign-hidden'] : ['foreign-hidden', 'foreign-unchanged'];
  });
}

/**
 * Gives every requirement that a family makes its row and its id. An id that was given out stays as it is; a new one gets
 * the next free number of its family's prefix.
 */
export function makeFamilies(
  documents: readonly { readonly api: Api; readonly document: object; readonly version: string }[],
  allocated: RequirementIds,
): {
  readonly ids: RequirementIds;
  readonly requirements: readonly FamilyRequirement[];
  readonly rows: ReadonlyMap<string, readonly SpecRequirement[]>;
} {
  const ids: Record<string, Allocated> = { ...allocated };
  const wanted = documents.flatMap(({ api, document, version }) =>
    everyOperation(document).flatMap((found) =>
      findKinds({ ...found, api }).map((kind) => ({ kind, version, operation: { ...found, api } })),
    ),
  );
  for (const { kind, version, operation } of wanted) {
    if (findId(ids, kind, operation.operationId) !== undefined) continue;
    ids[nextId(ids, families[kind].prefix)] = { kind, operations: [operation.operationId], since: version };
  }
  const made = new Set(wanted.map(({ kind, operation }) => `${kind} ${operation.operationId}`));
  const rows = new Map<string, SpecRequirement[]>();
  const requirements: FamilyRequirement[] = [];
  for (const [id, row] of Object.entries(ids)) {
    const { retired: _, ...kept } = row;
    const operationIds = row.operations.filter((name) => made.has(`${row.kind} ${name}`));
    const [home] = operationIds;
    ids[id] = home === undefined ? { ...kept, retired: true } : kept;
    const operation = wanted.find((one) => one.operation.operationId === home)?.operation;
    if (home === undefined || operation === undefined) continue;
    requirements.push({ id, kind: row.kind, operationIds });
    rows.set(home, [...(rows.get(home) ?? []), toRequirement(id, row, operation)]);
  }
  return { ids, requirements, rows };
}

function toRequirement(id: string, { kind, since, ...own }: Allocated, operation: FamilyOperation): SpecRequirement {
  const { level, source, mock, sentence } = families[kind];
  return {
    id,
    level,
    profile: findProfile(operation),
    source: own.source ?? source,
    since,
    sentence: own.sentence ?? sentence(operation),
    ...(mock && { mock }),
  };
}

/** What a platform that has the operation declares; `x-profile` says it where the document has several. */
function findProfile({ api, operation }: FamilyOperation): string {
  const own = (operation as Json)['x-profile'];
  if (typeof own === 'string') return own;
  if (api === 'control-plane') return 'control-plane';
  if (operation['x-forwards'] === undefined) return 'subjects';
  return operation['x-envelope'] === 'gemini' ? 'proxy-google' : `proxy-${operation['x-envelope']}`;
}

function findId(ids: RequirementIds, kind: FamilyKind, operationId: string): string | undefined {
  return Object.keys(ids).find((id) => ids[id]?.kind === kind && ids[id].operations.includes(operationId));
}

function nextId(ids: RequirementIds, prefix: string): string {
  const numbers = Object.keys(ids)
    .filter((id) => id.startsWith(`${prefix}-`))
    .map((id) => Number(id.slice(-3)));
  return `${prefix}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}

/** The text of `spec/requirement-ids.json`: a row on each line. */
export function requirementIdsText(ids: RequirementIds): string {
  const rows = Object.entries(ids)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, row]) => `  ${JSON.stringify(id)}: ${JSON.stringify(row)}`);
  return `{\n${rows.join(',\n')}\n}\n`;
}

/** The source of `generated/families.ts`. */
export function familyModule(requirements: readonly FamilyRequirement[]): string {
  const rows = requirements.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((row) => `  ${JSON.stringify(row)},\n`);
  return `
import type { RequirementId } from './requirements.ts';

/** A requirement that \`x-families\` made: its check and its mutation are those of its kind. */
export interface FamilyRequirement {
  readonly id: RequirementId;
  readonly kind: FamilyKind;
  /** Where it is checked. */
  readonly operationIds: readonly string[];
}

export type FamilyKind = ${Object.keys(families)
    .map((kind) => `'${kind}'`)
    .join(' | ')};

export const familyRequirements: readonly FamilyRequirement[] = [
${rows.join('')}];
`;
}
