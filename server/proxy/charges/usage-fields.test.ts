import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { CHAT_USAGE, GEMINI_USAGE, MESSAGES_USAGE, RESPONSES_USAGE, type UsageFields } from './usage-fields.ts';

type Declared = ts.InterfaceDeclaration | ts.ClassDeclaration;

/** The types that a file of an SDK declares, by their names without namespaces. */
function readTypes(file: string) {
  const text = readFileSync(`node_modules/${file}`, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declared = new Map<string, Declared>();
  const unions = new Map<string, ts.TypeNode>();
  const visit = (node: ts.Node): void => {
    if ((ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) && node.name !== undefined) {
      declared.set(qualified(node), node);
    }
    if (ts.isTypeAliasDeclaration(node)) unions.set(node.name.text, node.type);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { declared, unions };
}

function qualified(node: Declared | ts.ModuleDeclaration): string {
  const parent = node.parent?.parent;
  const name = node.name?.getText() ?? '';
  return parent !== undefined && ts.isModuleDeclaration(parent) ? `${qualified(parent)}.${name}` : name;
}

/** All fields of a type, with dots, through the types that its fields refer to. */
function listFields(file: string, name: string): readonly string[] {
  const { declared, unions } = readTypes(file);
  const fields = (type: string, path: string): readonly string[] => {
    const found = declared.get(type);
    if (found === undefined) throw new Error(`${file} has no type ${type}`);
    return found.members.flatMap((member) => {
      if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
      const here = `${path}${member.name.getText()}`;
      return [here, ...referred(member.type, type).flatMap((inner) => fields(inner, `${here}.`))];
    });
  };
  const referred = (node: ts.TypeNode | undefined, from: string): readonly string[] => {
    if (node === undefined) return [];
    if (ts.isUnionTypeNode(node)) return node.types.flatMap((part) => referred(part, from));
    if (ts.isArrayTypeNode(node)) return referred(node.elementType, from);
    if (!ts.isTypeReferenceNode(node)) return [];
    const text = node.typeName.getText();
    if (text === 'Array') return (node.typeArguments ?? []).flatMap((part) => referred(part, from));
    const alias = unions.get(text);
    if (alias !== undefined) return referred(alias, from);
    const scopes = [`${from}.${text}`, `${from.split('.')[0]}.${text}`, text];
    const known = scopes.find((scope) => declared.has(scope));
    return known === undefined ? [] : [known];
  };
  return [...new Set(fields(name, ''))];
}

/** What a table says of a field; a whole object may be told. */
function meaning(table: UsageFields, path: string): unknown {
  let here: unknown = table;
  for (const name of path.split('.')) {
    if (here === 'told') return here;
    here = Object(here)[name];
  }
  return here;
}

const ANTHROPIC = '@anthropic-ai/sdk/resources';
const GENAI = '@google/genai/dist/genai.d.ts';

describe('the tables of usage', () => {
  it.each<[string, string, UsageFields]>([
    ['openai/resources/completions.d.ts', 'CompletionUsage', CHAT_USAGE],
    ['openai/resources/embeddings.d.ts', 'CreateEmbeddingResponse.Usage', CHAT_USAGE],
    ['openai/resources/responses/responses.d.ts', 'ResponseUsage', RESPONSES_USAGE],
    [`${ANTHROPIC}/messages/messages.d.ts`, 'Usage', MESSAGES_USAGE],
    [`${ANTHROPIC}/messages/messages.d.ts`, 'MessageDeltaUsage', MESSAGES_USAGE],
    [`${ANTHROPIC}/beta/messages/messages.d.ts`, 'BetaUsage', MESSAGES_USAGE],
    [`${ANTHROPIC}/beta/messages/messages.d.ts`, 'BetaMessageDeltaUsage', MESSAGES_USAGE],
    [GENAI, 'GenerateContentResponseUsageMetadata', GEMINI_USAGE],
    [GENAI, 'UsageMetadata', GEMINI_USAGE],
  ])('have every field that %s has in %s', (file, type, table) => {
    const fields = listFields(file, type);
    expect(fields.length).toBeGreaterThan(1);
    expect(fields.filter((field) => meaning(table, field) === undefined)).toEqual([]);
  });

  it('are held against the details too', () => {
    expect(listFields('openai/resources/responses/responses.d.ts', 'ResponseUsage')).toContain(
      'input_tokens_details.cache_write_tokens_details.ttl_12h_tokens',
    );
    expect(listFields(`${ANTHROPIC}/beta/messages/messages.d.ts`, 'BetaUsage')).toContain(
      'iterations.cache_creation.ephemeral_1h_input_tokens',
    );
    expect(listFields(GENAI, 'UsageMetadata')).toContain('promptTokensDetails.tokenCount');
  });
});
