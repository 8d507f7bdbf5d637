import { visible } from './visible.ts';

/** A piece of HTML or SVG that is well-formed and safe to set into another. Only the `markup` tag makes one. */
export interface Markup {
  readonly markup: string;
}

export type Content = string | number | null | Markup | readonly Content[];

/**
 * Makes markup of a template: its own text stands as it is, everything set into it is escaped, unless it is markup
 * itself. What a platform said can so never become an element, in no place between tags or quotation marks.
 */
export function markup(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const pieces = template.map(
    (text, index) => text + (index < contents.length ? renderText(contents[index] ?? null) : ''),
  );
  return { markup: pieces.join('') };
}

function renderText(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(renderText).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
