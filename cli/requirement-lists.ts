interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly sentence: string;
}

interface Described {
  readonly description?: string;
  readonly 'x-requirements'?: readonly Requirement[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** The document with each operation's requirements at the end of its description: readers do not show extensions. */
export function withRequirementLists<Given extends Document>(document: Given): Given {
  const paths = mapValues(document.paths, (item) => mapValues(item, described));
  return { ...document, paths };
}

function described(operation: Described): Described {
  const { description = '', 'x-requirements': requirements = [] } = operation;
  if (requirements.length === 0) return operation;
  const lines = requirements.map(({ id, level, sentence }) => `- **${id}** ${level}: ${plain(sentence)}`);
  return { ...operation, description: [description.trim(), '**Requirements**', lines.join('\n')].join('\n\n') };
}

/** Markdown that shows the sentence as it stands; what is code in it stays code. */
function plain(sentence: string): string {
  return sentence.replace(/`[^`]*`|[\\*_<[]/g, (found) => (found.startsWith('`') ? found : `\\${found}`));
}

function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
