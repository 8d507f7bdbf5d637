import { describe, expect, it } from 'vitest';
import { findReferences } from './references.ts';

const input = (item: object) => ({ input: [{ role: 'user', content: 'x' }, item] });
const said = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const GEMINI_FILE = 'https://generativelanguage.googleapis.com/v1beta/files/f1';

describe('an id of something that a provider keeps is found', () => {
  const cases: readonly [string, object, string, string][] = [
    ['an earlier response', { previous_response_id: 'r' }, 'r', 'previous_response_id'],
    ['a conversation', { conversation: 'c' }, 'c', 'conversation'],
    ['a conversation as an object', { conversation: { id: 'c' } }, 'c', 'conversation.id'],
    ['a stored prompt', { prompt: { id: 'p', variables: {} } }, 'p', 'prompt.id'],
    [
      'a file among the variables of a prompt',
      { prompt: { variables: { a: { file_id: 'f' } } } },
      'f',
      'prompt.variables.a.file_id',
    ],
    ['an item by reference', input({ type: 'item_reference', id: 'i' }), 'i', 'input[1].id'],
    ['an item by reference without a type', input({ id: 'i' }), 'i', 'input[1].id'],
    ['an item by reference without a list', { input: { id: 'i' } }, 'i', 'input[0].id'],
    ['an item by reference with a role', input({ id: 'i', role: 'assistant', type: null }), 'i', 'input[1].id'],
    ['reasoning without its content', input({ type: 'reasoning', id: 'rs', summary: [] }), 'rs', 'input[1].id'],
    ['a picture without its content', input({ type: 'image_generation_call', id: 'ig' }), 'ig', 'input[1].id'],
    [
      'a file in a result of a tool',
      input({ type: 'function_call_output', output: [{ type: 'input_file', file_id: 'f' }] }),
      'f',
      'input[1].output[0].file_id',
    ],
    [
      'vector stores of a tool',
      { tools: [{ type: 'file_search', vector_store_ids: ['v'] }] },
      'v',
      'tools[0].vector_store_ids',
    ],
    ['a container of a tool', { tools: [{ type: 'code_interpreter', container: 'c' }] }, 'c', 'tools[0].container'],
    [
      'files of a container',
      { tools: [{ container: { type: 'auto', file_ids: ['f'] } }] },
      'f',
      'tools[0].container.file_ids',
    ],
    ['a spoken answer', { messages: [{ role: 'assistant', audio: { id: 'a' } }] }, 'a', 'messages[0].audio.id'],
    ['a file in a chat', said({ type: 'file', file: { file_id: 'f' } }), 'f', 'messages[0].content[0].file.file_id'],
    ["Anthropic's container", { container: 'c' }, 'c', 'container'],
    ["Anthropic's container with skills", { container: { id: 'c', skills: [] } }, 'c', 'container.id'],
    ['a skill', { container: { skills: [{ type: 'custom', skill_id: 's' }] } }, 's', 'container.skills[0].skill_id'],
    [
      'a file of a document',
      said({ type: 'document', source: { type: 'file', file_id: 'f' } }),
      'f',
      'messages[0].content[0].source.file_id',
    ],
    [
      'a file in a result',
      said({ type: 'tool_result', content: [{ source: { file_id: 'f' } }] }),
      'f',
      'messages[0].content[0].content[0].source.file_id',
    ],
    ['a cached content', { cachedContent: 'cachedContents/c' }, 'cachedContents/c', 'cachedContent'],
    ['a cached content, spelt otherwise', { cached_content: 'cachedContents/c' }, 'cachedContents/c', 'cached_content'],
    [
      'a file of Gemini',
      { contents: { parts: { fileData: { fileUri: GEMINI_FILE } } } },
      GEMINI_FILE,
      'contents.parts.fileData.fileUri',
    ],
    [
      'a file of Gemini by its name',
      { parts: [{ file_data: { file_uri: 'files/f' } }] },
      'files/f',
      'parts[0].file_data.file_uri',
    ],
    [
      'a file of Gemini as a picture',
      said({ type: 'image_url', image_url: { url: GEMINI_FILE } }),
      GEMINI_FILE,
      'messages[0].content[0].image_url.url',
    ],
    ['a bucket', { fileUri: 'gs://bucket/f' }, 'gs://bucket/f', 'fileUri'],
    [
      'a host of Google in another spelling',
      { fileUri: 'HTTPS://x.GoogleAPIs.com./f' },
      'HTTPS://x.GoogleAPIs.com./f',
      'fileUri',
    ],
  ];
  it.each(cases)('%s', (_what, body, id, param) => {
    expect(findReferences(body as Record<string, unknown>)).toEqual([{ id, param }]);
  });
});

describe('no id of something kept is', () => {
  const cases: readonly [string, object][] = [
    ['an item with its content', input({ type: 'message', id: 'm', role: 'assistant', content: [] })],
    ['reasoning with its content', input({ type: 'reasoning', id: 'rs', summary: [], encrypted_content: 'x' })],
    ['a call of a tool', input({ type: 'function_call', id: 'fc', call_id: 'c', arguments: '{"file_id":"f"}' })],
    ['the text of a completion', { prompt: 'x' }],
    ['sound', said({ type: 'input_audio', input_audio: { data: 'x' } })],
    ['an argument of a tool', said({ type: 'tool_use', id: 't', input: { file_id: 'f', container: 'c' } })],
    ['an argument of a function', { contents: [{ parts: [{ functionCall: { args: { file_id: 'f' } } }] }] }],
    ['a result of a function', { parts: [{ functionResponse: { response: { conversation: 'c' } } }] }],
    ['a schema', { tools: [{ input_schema: { properties: { file_id: { default: 'f' } }, file_id: 'x' } }] }],
    ['a picture by its URL', said({ type: 'image_url', image_url: { url: 'https://maps.googleapis.com/x.png' } })],
    ['the environment of a command', input({ type: 'local_shell_call', action: { env: { container: 'podman' } } })],
    ['a note', { metadata: { conversation: 'c' } }],
    ["a skill of Anthropic's own", { container: { skills: [{ type: 'anthropic', skill_id: 'pptx' }] } }],
    ['a public video', { fileUri: 'https://www.youtube.com/watch?v=1' }],
    ['a signed URL', { fileUri: 'https://storage.googleapis.com/bucket/f?X-Goog-Signature=1' }],
  ];
  it.each(cases)('%s', (_what, body) => {
    expect(findReferences(body as Record<string, unknown>)).toEqual([]);
  });
});
