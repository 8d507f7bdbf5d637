import { encodePdf, encodePicture, encryptedThoughts } from '../../harness/attachments.ts';
import type { Plan } from './plan.ts';

/** What is sent to each API: the text, and what the plan carries beside it, as its official SDK would write it. */
export function requestBody(plan: Plan, text: string): object {
  const { shape, model, answers } = plan;
  switch (shape) {
    case 'chat':
      return chatBody(plan, text);
    case 'completions':
      return { model: model.name, prompt: text, n: answers, ...streamed(plan), ...limit(plan, 'max_tokens') };
    case 'responses':
      return responsesBody(plan, text);
    case 'embeddings':
      return { model: model.name, input: text };
    case 'messages':
      return messagesBody(plan, text);
    case 'generateContent':
      return generateBody(plan, text);
    case 'embedContent':
      return { content: { parts: [{ text }] } };
    case 'batchEmbedContents':
      return { requests: [{ model: `models/${model.name}`, content: { parts: [{ text }] } }] };
  }
}

function streamed({ shape, transport, usageAsked }: Plan): object {
  if (transport !== 'sse') return {};
  const isAsked = usageAsked && (shape === 'chat' || shape === 'completions');
  return { stream: true, ...(isAsked && { stream_options: { include_usage: true } }) };
}

function limit({ outputLimit }: Plan, field: string): object {
  return outputLimit === undefined ? {} : { [field]: outputLimit };
}

const REMOTE = 'https://files.example.com';
const SCHEMA = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

/** Functions of the caller's: name, description and schema under the names that each API has for them. */
function functions<Tool>({ carried }: Plan, tool: (name: string, description: string, schema: object) => Tool): Tool[] {
  return Array.from({ length: carried.functions }, (_, index) =>
    tool(`read_${index}`, 'Reads a file of the project.', SCHEMA),
  );
}

function some<Item>(field: string, items: readonly Item[]): object {
  return items.length === 0 ? {} : { [field]: items };
}

function pictureUrls({ carried }: Plan): readonly string[] {
  return carried.pictures.map((picture, index) =>
    carried.isRemote
      ? `${REMOTE}/${index}.${picture.format}`
      : `data:image/${picture.format};base64,${encodePicture(picture)}`,
  );
}

function chatBody(plan: Plan, text: string): object {
  const { carried, unpriced } = plan;
  const parts = [
    { type: 'text', text },
    ...pictureUrls(plan).map((url) => ({ type: 'image_url', image_url: { url, detail: 'high' } })),
    ...(carried.pages > 0 ? [{ type: 'file', file: { filename: 'a.pdf', file_data: dataUrl(carried.pages) } }] : []),
  ];
  return {
    model: plan.model.name,
    messages: [{ role: 'user', content: parts.length === 1 ? text : parts }],
    n: plan.answers,
    ...some(
      'tools',
      functions(plan, (name, description, parameters) => ({
        type: 'function',
        function: { name, description, parameters },
      })),
    ),
    ...(unpriced === 'tier' && { service_tier: 'flex' }),
    ...(unpriced === 'tool' && { web_search_options: {} }),
    ...streamed(plan),
    ...limit(plan, 'max_completion_tokens'),
  };
}

function dataUrl(pages: number): string {
  return `data:application/pdf;base64,${encodePdf(pages)}`;
}

function responsesBody(plan: Plan, text: string): object {
  const { carried, unpriced } = plan;
  const file = carried.isRemote
    ? { file_url: `${REMOTE}/a.pdf` }
    : { filename: 'a.pdf', file_data: dataUrl(carried.pages) };
  const content = [
    { type: 'input_text', text },
    ...pictureUrls(plan).map((image_url) => ({ type: 'input_image', detail: 'high', image_url })),
    ...(carried.pages > 0 ? [{ type: 'input_file', ...file }] : []),
  ];
  const encrypted_content = encryptedThoughts(carried.thoughtCharacters);
  const thoughts = { type: 'reasoning', id: 'rs_soak', summary: [], encrypted_content };
  const tools = [
    ...functions(plan, (name, description, parameters) => ({ type: 'function', name, description, parameters })),
    ...(carried.mostSearches > 0 ? [{ type: 'web_search' }] : []),
    ...(unpriced === 'tool' ? [{ type: 'image_generation' }] : []),
  ];
  const isPlain = content.length === 1 && encrypted_content === '';
  return {
    model: plan.model.name,
    input: isPlain ? text : [{ role: 'user', content }, ...(encrypted_content === '' ? [] : [thoughts])],
    ...some('tools', tools),
    ...(carried.mostSearches > 0 && { max_tool_calls: carried.mostSearches }),
    ...(unpriced === 'tier' && { service_tier: 'priority' }),
    ...streamed(plan),
    ...limit(plan, 'max_output_tokens'),
  };
}

function messagesBody(plan: Plan, text: string): object {
  const { carried, unpriced, usage } = plan;
  const remote = (name: string) => ({ type: 'url', url: `${REMOTE}/${name}` });
  const inline = (media_type: string, data: string) => ({ type: 'base64', media_type, data });
  const ttl = usage.cacheWrite1hTokens > 0 ? '1h' : '5m';
  const isCached = usage.cacheWrite1hTokens + usage.cacheWrite5mTokens > 0;
  const pictures = carried.pictures.map((picture, index) =>
    carried.isRemote ? remote(`${index}.${picture.format}`) : inline(`image/${picture.format}`, encodePicture(picture)),
  );
  const pdf = carried.isRemote ? remote('a.pdf') : inline('application/pdf', encodePdf(carried.pages));
  const content = [
    { type: 'text', text, ...(isCached && { cache_control: { type: 'ephemeral', ttl } }) },
    ...pictures.map((source) => ({ type: 'image', source })),
    ...(carried.pages > 0 ? [{ type: 'document', source: pdf }] : []),
  ];
  const signature = encryptedThoughts(carried.thoughtCharacters);
  const thoughts = { role: 'assistant', content: [{ type: 'thinking', thinking: '', signature }] };
  const tools = [
    ...functions(plan, (name, description, input_schema) => ({ name, description, input_schema })),
    ...(carried.mostSearches > 0
      ? [{ type: 'web_search_20250305', name: 'web_search', max_uses: carried.mostSearches }]
      : []),
    ...(unpriced === 'tool' ? [{ type: 'code_execution_20250825', name: 'code_execution' }] : []),
  ];
  return {
    model: plan.model.name,
    messages: [
      ...(signature === '' ? [] : [{ role: 'user', content: 'Begin.' }, thoughts]),
      { role: 'user', content: content.length === 1 && !isCached ? text : content },
    ],
    ...some('tools', tools),
    ...(carried.compacts && { context_management: { edits: [{ type: 'compact_20260112' }] } }),
    ...(unpriced === 'tier' && { speed: 'fast' }),
    ...streamed(plan),
    ...limit(plan, 'max_tokens'),
  };
}

function generateBody(plan: Plan, text: string): object {
  const { carried, unpriced, answers } = plan;
  const file = (mimeType: string, name: string, data: string) =>
    carried.isRemote ? { fileData: { mimeType, fileUri: `${REMOTE}/${name}` } } : { inlineData: { mimeType, data } };
  const parts = [
    { text },
    ...carried.pictures.map((picture, index) =>
      file(`image/${picture.format}`, `${index}.${picture.format}`, encodePicture(picture)),
    ),
    ...(carried.pages > 0 ? [file('application/pdf', 'a.pdf', encodePdf(carried.pages))] : []),
  ];
  const thoughtSignature = encryptedThoughts(carried.thoughtCharacters);
  const earlier = [
    { role: 'user', parts: [{ text: 'Begin.' }] },
    { role: 'model', parts: [{ functionCall: { name: 'read_0', args: {} }, thoughtSignature }] },
  ];
  const declared = functions(plan, (name, description, parameters) => ({ name, description, parameters }));
  const tools = [
    ...(declared.length > 0 ? [{ functionDeclarations: declared }] : []),
    ...(unpriced === 'tool' ? [{ googleMaps: {} }] : []),
  ];
  return {
    contents: [...(thoughtSignature === '' ? [] : earlier), { role: 'user', parts }],
    ...some('tools', tools),
    ...(unpriced === 'tier' && { serviceTier: 'flex' }),
    generationConfig: {
      candidateCount: answers,
      ...(carried.thinkingBudget > 0 && { thinkingConfig: { thinkingBudget: carried.thinkingBudget } }),
      ...limit(plan, 'maxOutputTokens'),
    },
  };
}
