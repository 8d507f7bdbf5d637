/** What of a request names something that its provider keeps: stored responses, conversations, containers, caches, files. */
import { asList, asText, isAbsent, isObject, type JsonObject, oneOrMore, printPlace } from './wire-values.ts';

/** An id that stands in a request, and where. */
export interface Reference {
  readonly id: string;
  /** The place: `input[1].id`. */
  readonly param: string;
}

/** Keys whose text, list of texts, or object with an `id` names something that is kept. All three APIs share the table. */
const ID_KEYS = new Set([
  // OpenAI: responses, conversations, and what their tools work on.
  ...['previous_response_id', 'comparison_response_id', 'conversation', 'vector_store_ids', 'file_ids'],
  // OpenAI and Anthropic.
  ...['container', 'container_id', 'file_id', 'skill_id'],
  // Gemini, in both spellings. A file is looked at closer.
  ...['cachedContent', 'cached_content', 'fileSearchStoreNames', 'file_search_store_names'],
]);
/** Keys of which only an object with an `id` names something: a stored prompt, an earlier spoken answer, a voice. */
const OBJECT_KEYS = new Set(['prompt', 'audio', 'voice']);
const FILE_KEYS = new Set(['fileUri', 'file_uri']);
/** Keys of any URL, where Google's imitation of OpenAI may find a file of Gemini. */
const URL_KEYS = new Set(['url', 'image_url']);
const GEMINI_FILE = /^\s*https?:\/\/generativelanguage\.googleapis\.com\b/i;
/** What stands below them is the caller's own: schemas, arguments and results of tools, notes. No provider looks into it. */
const FREE_FORM = new Set([
  ...['metadata', 'labels', 'parameters', 'schema', 'input_schema', 'input_examples', 'args', 'response'],
  ...['parametersJsonSchema', 'parameters_json_schema', 'responseJsonSchema', 'response_json_schema'],
  ...['responseSchema', 'response_schema', 'output_schema', 'action', 'operation', 'arguments'],
]);

/** Every id in the request that may be of something kept, at any depth. */
export function findReferences(body: JsonObject): readonly Reference[] {
  const found: Reference[] = [];
  const place: (string | number)[] = [];

  function note(id: string, ...more: readonly (string | number)[]): void {
    found.push({ id, param: printPlace([...place, ...more]) });
  }
  function visitIn(key: string | number, value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    place.push(key);
    visit(value);
    place.pop();
  }
  function visit(value: object): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) visitIn(index, value[index]);
      return;
    }
    const object = value as JsonObject;
    if (typeof object.id === 'string' && isKeptItem(object)) note(object.id, 'id');
    const ownKey = /tool_use$/.test(asText(object.type)) ? 'input' : undefined;
    for (const [key, member] of Object.entries(object)) {
      if (FREE_FORM.has(key) || key === ownKey) continue;
      if (ID_KEYS.has(key) || OBJECT_KEYS.has(key)) noteMember(key, member, object);
      else if (FILE_KEYS.has(key) && typeof member === 'string' && isKeptFile(member)) note(member, key);
      else if (URL_KEYS.has(key) && typeof member === 'string' && GEMINI_FILE.test(member)) note(member, key);
      visitIn(key, member);
    }
  }
  function noteMember(key: string, member: unknown, { type }: JsonObject): void {
    if (isObject(member)) {
      if (typeof member.id === 'string') note(member.id, key, 'id');
    } else if (ID_KEYS.has(key)) {
      // Anthropic's own skills are everybody's.
      if (key === 'skill_id' && type === 'anthropic') return;
      const ids = typeof member === 'string' ? [member] : asList(member);
      for (const id of ids) if (typeof id === 'string') note(id, key);
    }
  }

  visit(body);
  for (const [index, item] of oneOrMore(body.input).entries()) {
    // A reference may leave its type out.
    if (isObject(item) && typeof item.id === 'string' && isAbsent(item.type) && isAbsent(item.content)) {
      note(item.id, 'input', index, 'id');
    }
  }
  return found;
}

/** Whether an item of the responses API stands for one that is kept, because what it says does not stand in it. */
function isKeptItem(item: JsonObject): boolean {
  switch (item.type) {
    case 'item_reference':
      return true;
    case 'reasoning':
      return isAbsent(item.encrypted_content) && asList(item.content).length === 0;
    case 'image_generation_call':
      return isAbsent(item.result);
    default:
      return false;
  }
}

/** Gemini reads public URLs too; what Google keeps for the owner of a key has one of its own hosts, or no host. */
function isKeptFile(uri: string): boolean {
  if (!URL.canParse(uri)) return true;
  const { protocol, hostname } = new URL(uri);
  const host = hostname.replace(/\.$/, '');
  return !/^https?:$/.test(protocol) || (/(^|\.)googleapis\.com$/.test(host) && host !== 'storage.googleapis.com');
}
