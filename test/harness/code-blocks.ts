import { readFileSync } from 'node:fs';

/** A fenced block of a Markdown file, and the second-level heading that it stands under. */
export interface CodeBlock {
  readonly section: string;
  /** Such as `sh`; empty where none is named. */
  readonly language: string;
  readonly text: string;
}

export function codeBlocks(file: string): readonly CodeBlock[] {
  const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    const blocks = [...section.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
    return blocks.map(([, language = '', text = '']) => ({ section: heading, language, text }));
  });
}
