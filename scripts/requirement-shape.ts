/** The words that a requirement may use: one list for the lint rules and for the generated types. */
export const levels = ['MUST', 'SHOULD', 'MAY'] as const;
export const sources = ['documented', 'decided'] as const;
export const profiles = [
  'control-plane',
  'proxy-openai',
  'proxy-anthropic',
  'proxy-google',
  'byok',
  'subjects',
] as const;

/** What the suite may say of a mock that remembers nothing, but pass. */
export const mockVerdicts = ['fail', 'unverified'] as const;

const ID = /^[A-Z]{3}-\d{3}$/;
const VERSION = /^\d+\.\d+$/;
const FIELDS = ['id', 'level', 'sentence', 'since', 'profile', 'source', 'untestable', 'mock'];

/** What is wrong with a row of `x-requirements`, in words; empty when nothing is. */
export function findRequirementProblems(row: unknown): string[] {
  if (typeof row !== 'object' || row === null) return ['must be an object'];
  const fields = row as Readonly<Record<string, unknown>>;
  const problems = Object.keys(fields)
    .filter((name) => !FIELDS.includes(name))
    .map((name) => `has the unknown field ${name}`);
  const want = (name: string, holds: boolean, wanted: string) => {
    if (!holds) problems.push(`needs ${name} ${wanted}`);
  };
  want('id', matches(fields.id, ID), 'like AIC-001');
  want('level', isAmong(fields.level, levels), `from ${levels.join(', ')}`);
  want('sentence', isSentence(fields.sentence), 'as one sentence that ends with a full stop');
  want('since', matches(fields.since, VERSION), "as a quoted version like '1.0'");
  want('profile', isAmong(fields.profile, profiles), `from ${profiles.join(', ')}`);
  want('source', isAmong(fields.source, sources), `from ${sources.join(', ')}`);
  if ('untestable' in fields) want('untestable', isSentence(fields.untestable), 'as a sentence that says why');
  if ('mock' in fields) {
    const { verdict, reason } = (fields.mock ?? {}) as Readonly<Record<string, unknown>>;
    want(
      'mock',
      isAmong(verdict, mockVerdicts) && isSentence(reason),
      `with verdict ${mockVerdicts.join(' or ')} and a reason`,
    );
  }
  return problems;
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isAmong(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value);
}

/** A second sentence would be a second requirement: a full stop before a space is refused. */
function isSentence(value: unknown): boolean {
  return typeof value === 'string' && value.length > 10 && value.endsWith('.') && !value.includes('. ');
}
