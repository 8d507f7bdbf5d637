import { isAbsent, isObject, listOf, textOf } from './json.ts';
import type { InputKind, JsonObject } from './operation.ts';

const TEXT_BLOCKS = new Set([
  'text',
  'thinking',
  'redacted_thinking',
  'tool_use',
  'tool_result',
  'tool_reference',
  'search_result',
  'server_tool_use',
  'web_search_tool_result',
  'web_search_result',
]);

/** Looks through system prompt and messages for everything that is not text in the body. */
export function anthropicInputKind(body: JsonObject): InputKind {
  let opaque = !isAbsent(body.container) || runsToolsItself(body);
  let inlineImages = 0;
  const visit = (block: unknown): void => {
    if (!isObject(block)) return;
    const source = isObject(block.source) ? block.source : {};
    if (block.type === 'image' && source.type === 'base64') inlineImages += 1;
    else if (block.type === 'document' && source.type === 'content') listOf(source.content).forEach(visit);
    else if (block.type === 'document' && source.type === 'text') return;
    else if (typeof block.type !== 'string' || !TEXT_BLOCKS.has(block.type)) opaque = true;
    listOf(block.content).forEach(visit);
  };
  listOf(body.system).forEach(visit);
  for (const message of listOf(body.messages)) if (isObject(message)) listOf(message.content).forEach(visit);
  return { input: opaque ? 'opaque' : 'text', inlineImages };
}

/** Whether Anthropic runs tools by itself, whose results become input of a further turn. */
export function runsToolsItself({ mcp_servers, tools }: JsonObject): boolean {
  const searches = listOf(tools).some((tool) => isObject(tool) && /^web_/.test(textOf(tool.type)));
  return searches || !isAbsent(mcp_servers);
}
