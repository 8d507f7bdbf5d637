import Anthropic from '@anthropic-ai/sdk';
import { type Content, GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import type { RecordedCall } from '../../../mocks/providers/index.ts';
import { encodePicture, encryptedThoughts } from '../../harness/attachments.ts';
import type { Maker } from '../../soak/prices/price-book.ts';

type Operation = NonNullable<RecordedCall['operation']>;

/** One call of an agent. */
export interface Turn {
  readonly number: number;
  /** Most tokens of the answer. */
  readonly cap: number;
  readonly streamed: boolean;
  readonly signal: AbortSignal;
  /** When the first of the answer has come. */
  onBegun(): void;
}

/** An agent with its conversation, speaking through the SDK of its provider. */
export interface Agent {
  readonly maker: Maker;
  readonly model: string;
  /** How the provider calls what it is asked for. */
  operation(streamed: boolean): Operation;
  /** Asks, and keeps the answer and what its tools found for the next turn. Rejects with what the SDK raises. */
  ask(turn: Turn): Promise<void>;
}

interface Connection {
  readonly proxy: string;
  readonly key: string;
  readonly model: string;
}

/** Given by the caller, so that Anthropic's SDK does not insist on a stream for a large limit. */
const TIMEOUT_MS = 600_000;
const INSTRUCTIONS = `You are a careful programmer. ${'Read before you write. Run the tests. Say what you did. '.repeat(60)}`;
const TASK = 'The page is broken on small screens, as in the picture. Mend it.';
const SCHEMA = { type: 'object' as const, properties: { path: { type: 'string' as const } }, required: ['path'] };
const FILE = 'export function lay(out: Page): Page {\n  return out.wrap();\n}\n'.repeat(40);
/** Every third turn looks at the page. */
const LOOKS_EVERY = 3;
const SCREENSHOT = encodePicture({ width: 1_280, height: 800, format: 'png' });
const THOUGHTS = encryptedThoughts(3_000);

function looks(turn: Turn): boolean {
  return turn.number % LOOKS_EVERY === 0;
}

/** Reads a stream to its end. An SDK that was told to stop ends the stream, or raises. */
async function readAll(stream: AsyncIterable<unknown>, { signal, onBegun }: Turn): Promise<void> {
  for await (const _ of stream) onBegun();
  signal.throwIfAborted();
}

/** As Codex works: nothing is stored, reasoning comes back encrypted, and cached pages may be searched. */
export function searchingAgent(connection: Connection): Agent {
  return responsesAgent(connection, [{ type: 'web_search', external_web_access: false }]);
}

/** The same without the search. */
export function responsesAgent(
  { proxy, key, model }: Connection,
  moreTools: readonly OpenAI.Responses.Tool[] = [],
): Agent {
  const client = new OpenAI({ baseURL: `${proxy}/v1`, apiKey: key, maxRetries: 0 });
  const picture = {
    type: 'input_image' as const,
    detail: 'high' as const,
    image_url: `data:image/png;base64,${SCREENSHOT}`,
  };
  const input: OpenAI.Responses.ResponseInput = [
    { role: 'user', content: [{ type: 'input_text', text: TASK }, picture] },
  ];
  return {
    maker: 'openai',
    model,
    operation: () => 'responses',
    async ask(turn) {
      const request = {
        model,
        instructions: INSTRUCTIONS,
        input,
        store: false,
        include: ['reasoning.encrypted_content' as const],
        reasoning: { effort: 'high' as const },
        tools: [
          { type: 'function' as const, name: 'read', description: 'Reads a file.', parameters: SCHEMA, strict: false },
          { type: 'custom' as const, name: 'apply_patch', description: 'Changes files.' },
          ...moreTools,
        ],
        max_output_tokens: turn.cap,
      };
      if (turn.streamed) {
        const { signal } = turn;
        await readAll(await client.responses.create({ ...request, stream: true }, { signal }), turn);
      } else await client.responses.create(request, { signal: turn.signal });
      const call_id = `call_${turn.number}`;
      input.push(
        { type: 'reasoning', id: `rs_${turn.number}`, summary: [], encrypted_content: THOUGHTS },
        { type: 'function_call', call_id, name: 'read', arguments: '{"path":"page.ts"}' },
        {
          type: 'function_call_output',
          call_id,
          output: looks(turn) ? [{ type: 'input_text', text: FILE }, picture] : FILE,
        },
      );
    },
  };
}

export function chatAgent({ proxy, key, model }: Connection): Agent {
  const client = new OpenAI({ baseURL: `${proxy}/v1`, apiKey: key, maxRetries: 0 });
  const picture = { type: 'image_url' as const, image_url: { url: `data:image/png;base64,${SCREENSHOT}` } };
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: INSTRUCTIONS },
    { role: 'user', content: [{ type: 'text', text: TASK }, picture] },
  ];
  return {
    maker: 'openai',
    model,
    operation: () => 'chat.completions',
    async ask(turn) {
      const request = {
        model,
        messages,
        reasoning_effort: 'high' as const,
        tools: [{ type: 'function' as const, function: { name: 'read', parameters: SCHEMA } }],
        max_completion_tokens: turn.cap,
      };
      const { signal } = turn;
      if (turn.streamed) {
        const options = { stream: true as const, stream_options: { include_usage: true } };
        await readAll(await client.chat.completions.create({ ...request, ...options }, { signal }), turn);
      } else await client.chat.completions.create(request, { signal });
      const id = `call_${turn.number}`;
      const call = { id, type: 'function' as const, function: { name: 'read', arguments: '{"path":"page.ts"}' } };
      messages.push({ role: 'assistant', tool_calls: [call] }, { role: 'tool', tool_call_id: id, content: FILE });
      if (looks(turn)) messages.push({ role: 'user', content: [picture] });
    },
  };
}

/** As Claude Code works: it thinks, and marks what is to be cached. */
export function messagesAgent({ proxy, key, model }: Connection): Agent {
  const client = new Anthropic({ baseURL: proxy, apiKey: key, maxRetries: 0 });
  const source = { type: 'base64' as const, media_type: 'image/png' as const, data: SCREENSHOT };
  const picture = { type: 'image' as const, source };
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: [{ type: 'text', text: TASK }, picture] }];
  const cache_control = { type: 'ephemeral' as const };
  return {
    maker: 'anthropic',
    model,
    operation: () => 'messages',
    async ask(turn) {
      const request = {
        model,
        system: [{ type: 'text' as const, text: INSTRUCTIONS, cache_control }],
        messages,
        thinking: { type: 'adaptive' as const },
        tools: [
          { name: 'read', description: 'Reads a file.', input_schema: SCHEMA },
          { type: 'bash_20250124' as const, name: 'bash' as const },
          { type: 'text_editor_20250728' as const, name: 'str_replace_based_edit_tool' as const },
        ],
        max_tokens: turn.cap,
      };
      const { signal } = turn;
      if (turn.streamed) await readAll(await client.messages.create({ ...request, stream: true }, { signal }), turn);
      else await client.messages.create(request, { signal, timeout: TIMEOUT_MS });
      const tool_use_id = `toolu_${turn.number}`;
      messages.push(
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: '', signature: THOUGHTS },
            { type: 'tool_use', id: tool_use_id, name: 'read', input: { path: 'page.ts' } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id,
              content: [{ type: 'text', text: FILE }, ...(looks(turn) ? [picture] : [])],
            },
          ],
        },
      );
    },
  };
}

export function geminiAgent({ proxy, key, model }: Connection): Agent {
  const { models } = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: proxy } });
  const picture = { inlineData: { mimeType: 'image/png', data: SCREENSHOT } };
  const contents: Content[] = [{ role: 'user', parts: [{ text: TASK }, picture] }];
  return {
    maker: 'google',
    model,
    operation: (streamed) => (streamed ? 'streamGenerateContent' : 'generateContent'),
    async ask(turn) {
      const request = {
        model,
        contents,
        config: {
          systemInstruction: INSTRUCTIONS,
          maxOutputTokens: turn.cap,
          thinkingConfig: { includeThoughts: true },
          tools: [{ functionDeclarations: [{ name: 'read', parametersJsonSchema: SCHEMA }] }],
          abortSignal: turn.signal,
        },
      };
      if (turn.streamed) await readAll(await models.generateContentStream(request), turn);
      else await models.generateContent(request);
      contents.push(
        { role: 'model', parts: [{ functionCall: { name: 'read', args: {} }, thoughtSignature: THOUGHTS }] },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'read', response: { output: FILE } } },
            ...(looks(turn) ? [picture] : []),
          ],
        },
      );
    },
  };
}
