import { eitherSpelling, objectField } from './gemini-fields.ts';
import { isAbsent, isObject, listOf, objectOf } from './json.ts';
import type { InputKind, JsonObject } from './operation.ts';

/** Looks through instructions and contents for everything that is not text in the body. */
export function geminiInputKind(body: JsonObject): InputKind {
  let opaque = !isAbsent(eitherSpelling(body, 'cachedContent')[1]) || usesPages(body);
  let inlineImages = 0;
  const visit = (part: unknown): void => {
    if (!isObject(part)) return;
    const inline = objectField(part, 'inlineData');
    const [, type] = eitherSpelling(inline ?? {}, 'mimeType');
    if (inline !== undefined && typeof type === 'string' && type.startsWith('image/')) inlineImages += 1;
    else if (inline !== undefined || !isAbsent(eitherSpelling(part, 'fileData')[1])) opaque = true;
    const response = objectField(part, 'functionResponse');
    if (response !== undefined) listOf(response.parts).forEach(visit);
  };
  const system = objectField(body, 'systemInstruction');
  listOf(system?.parts).forEach(visit);
  // One content may stand without its list.
  const contents = isObject(body.contents) ? [body.contents] : listOf(body.contents);
  for (const content of contents) listPartsOf(content).forEach(visit);
  return { input: opaque ? 'opaque' : 'text', inlineImages };
}

function listPartsOf(content: unknown): readonly unknown[] {
  const { parts } = objectOf(content);
  return isObject(parts) ? [parts] : listOf(parts);
}

/** Tools whose findings become input: web pages, files, and what its own code prints. */
function usesPages(body: JsonObject): boolean {
  return toolsOf(body).some((tool) =>
    ['urlContext', 'fileSearch', 'codeExecution', 'computerUse'].some(
      (kind) => !isAbsent(eitherSpelling(tool, kind)[1]),
    ),
  );
}

export function toolsOf(body: JsonObject): readonly JsonObject[] {
  const tools = isObject(body.tools) ? [body.tools] : listOf(body.tools);
  return tools.filter(isObject);
}
