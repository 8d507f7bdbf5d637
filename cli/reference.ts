import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import express, { type RequestHandler } from 'express';

const execute = promisify(execFile);

/** The pages, by file name: one for each API. `index.html` links to them. */
const pages = [
  { api: 'control-plane', title: 'Control plane' },
  { api: 'managed-proxy', title: 'Managed AI proxy' },
] as const;

/** The pages of an installed package. In a checkout they are built at their first request. */
const builtPages = fileURLToPath(new URL('../docs/', import.meta.url));

/** Writes the reference into `folder` as self-contained pages. Returns the path of the first one. */
export async function writeReference(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  if (existsSync(join(builtPages, 'control-plane.html'))) await cp(builtPages, folder, { recursive: true });
  else await buildPages(folder);
  return join(folder, 'index.html');
}

async function buildPages(folder: string): Promise<void> {
  for (const { api, title } of pages) {
    const bundle = await readFile(new URL(`../generated/${api}.json`, import.meta.url), 'utf8');
    const document = join(folder, `${api}.json`);
    await writeFile(document, JSON.stringify(withRequirementLists(JSON.parse(bundle))));
    const page = join(folder, `${api}.html`);
    const flags = ['--inlineBundle', '--title', `rigkit: ${title}`, '--output', page];
    await execute(process.execPath, [redocly(), 'build-docs', document, ...flags], {
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    await rm(document);
    await writeFile(page, withoutForeignImages(await readFile(page, 'utf8')));
  }
  await writeFile(join(folder, 'index.html'), indexPage());
}

/** Redoc loads its logo from its own server. Here the logo is a word. */
function withoutForeignImages(page: string): string {
  const text = '<text y="11" font-family="sans-serif" font-size="11">Redocly</text>';
  const image = `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="14">${text}</svg>`;
  const url = `data:image/svg+xml,${encodeURIComponent(image)}`;
  return page.replaceAll(/https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g, url);
}

function redocly(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('@redocly/cli/package.json');
  const { bin } = require(manifest) as { bin: Record<string, string> };
  return join(dirname(manifest), bin.redocly ?? 'bin/cli.js');
}

function indexPage(): string {
  const links = pages.map(({ api, title }) => `<li><a href="${api}.html">${title}</a></li>`).join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>rigkit reference</title><style>body{font:1.1rem/1.6 system-ui;margin:4rem auto;max-width:34rem;padding:0 1rem}</style>
<h1>rigkit reference</h1><ul>${links}</ul></html>
`;
}

interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly sentence: string;
}

interface Described {
  readonly description?: string;
  readonly 'x-requirements'?: readonly Requirement[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** Adds the requirements of each operation to its description, because Redoc does not show extensions. */
function withRequirementLists<Given extends Document>(document: Given): Given {
  const paths = mapValues(document.paths, (item) => mapValues(item, described));
  return { ...document, paths };
}

function described(operation: Described): Described {
  const { description = '', 'x-requirements': requirements = [] } = operation;
  if (requirements.length === 0) return operation;
  const lines = requirements.map(({ id, level, sentence }) => `- **${id}** ${level}: ${plain(sentence)}`);
  return { ...operation, description: [description.trim(), '**Requirements**', lines.join('\n')].join('\n\n') };
}

/** Escapes Markdown in a sentence, except code. */
function plain(sentence: string): string {
  return sentence.replace(/`[^`]*`|[\\*_<[]/g, (found) => (found.startsWith('`') ? found : `\\${found}`));
}

function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** The scripts and styles of the pages are inline. The platform's own policy would not allow that. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  'worker-src blob:',
].join('; ');

/** Serves the reference under `/docs`, written into `folder` at the first request. */
export function referencePages(folder: string): RequestHandler {
  let written: Promise<string> | undefined;
  const pages = express.static(folder);
  const router = express.Router();
  router.use('/docs', async (request, response, next) => {
    // A failure is not kept: the next request tries again.
    written ??= writeReference(folder).catch((error: unknown) => {
      written = undefined;
      throw error;
    });
    await written;
    response.setHeader('Content-Security-Policy', PAGE_POLICY);
    pages(request, response, next);
  });
  return router;
}
