import { isObject, listOf } from './json.ts';
import type { InputKind, JsonObject } from './operation.ts';

const TEXT_TYPES = new Set([
  undefined,
  'text',
  'refusal',
  'input_text',
  'output_text',
  'message',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
]);

/** Looks through messages or input items of the OpenAI shape for everything that is not text. */
export function inputKind(items: unknown): InputKind {
  let opaque = false;
  let inlineImages = 0;
  const visit = (item: unknown): void => {
    if (!isObject(item)) return;
    const { type } = item;
    if (type === 'image_url' || type === 'input_image') {
      if (isInlineImage(item)) inlineImages += 1;
      else opaque = true;
    } else if ((typeof type !== 'string' && type !== undefined) || !TEXT_TYPES.has(type)) {
      opaque = true;
    }
    // An earlier spoken answer, told by its id.
    if (isObject(item.audio)) opaque = true;
    for (const part of [...listOf(item.content), ...listOf(item.output)]) visit(part);
  };
  for (const item of listOf(items)) visit(item);
  return { input: opaque ? 'opaque' : 'text', inlineImages };
}

function isInlineImage(part: JsonObject): boolean {
  const image = part.image_url;
  const url = isObject(image) ? image.url : image;
  return typeof url === 'string' && url.startsWith('data:image/');
}
