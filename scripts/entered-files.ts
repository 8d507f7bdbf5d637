/**
 * How much of the code one warm call enters: `npm run entered`, with `-- --list` for the files by name and
 * `-- --functions` for the functions in each.
 *
 * The rule: V8's precise coverage between two readings around one call, after the same call was made three times. A
 * function counts if it ran between the readings, a file if one of its functions did. Code that runs only while a module
 * is loaded does not count. Platform, stub providers and caller run in this process; `counts` names the folders that
 * count for a call.
 */

import { Session } from 'node:inspector/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { renderTerminalText, runConformance } from '../conformance/index.ts';
import { type ReferencePlatform, startReferencePlatform } from '../test/platforms/reference-platform.ts';

/** The files that one call may enter: at most, and the goal. `test/http/entered.test.ts` checks the first number. */
export const BOUNDS: Readonly<Record<CallName, { readonly most: number; readonly goal: number }>> = {
  'ai-config': { most: 22, goal: 22 },
  'streamed chat': { most: 59, goal: 50 },
  'one check': { most: 38, goal: 38 },
};

export type CallName = 'ai-config' | 'streamed chat' | 'one check';

export interface Entered {
  readonly name: CallName;
  /** Functions that ran, by the path of their file. */
  readonly functions: ReadonlyMap<string, readonly string[]>;
}

interface MeasuredCall {
  readonly name: CallName;
  /** Folders that count, each with a slash at its end. */
  readonly counts: readonly string[];
  make(platform: ReferencePlatform): Promise<void>;
}

const SERVER = ['server/', 'contract/', 'json/', 'generated/'];
// The suite scripts the stub providers, so they are part of a check.
const SUITE = ['conformance/', 'contract/', 'json/', 'client/', 'mocks/providers/'];

const calls: readonly MeasuredCall[] = [
  { name: 'ai-config', counts: SERVER, make: putAiConfig },
  { name: 'streamed chat', counts: SERVER, make: streamChat },
  { name: 'one check', counts: SUITE, make: checkOneRequirement },
];

const WARM_UP_CALLS = 3;

const ROOT = join(import.meta.dirname, '..');

/** Starts a reference platform in this process and measures each call once. */
export async function enteredFiles(): Promise<readonly Entered[]> {
  const platform = await startReferencePlatform();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  try {
    const measured: Entered[] = [];
    for (const call of calls) {
      for (let warmUps = 0; warmUps < WARM_UP_CALLS; warmUps += 1) await call.make(platform);
      await functionsSinceLastReading(session, []);
      await call.make(platform);
      measured.push({ name: call.name, functions: await functionsSinceLastReading(session, call.counts) });
    }
    return measured;
  } finally {
    session.disconnect();
    await platform.close();
  }
}

/** A reading sets the counters back to zero. */
async function functionsSinceLastReading(session: Session, counts: readonly string[]): Promise<Entered['functions']> {
  // What the server does after its last byte belongs to the call.
  await sleep(100);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const entered = new Map<string, readonly string[]>();
  for (const script of result.toSorted((a, b) => a.url.localeCompare(b.url))) {
    if (!script.url.startsWith('file:')) continue;
    const path = relative(ROOT, fileURLToPath(script.url));
    if (!counts.some((folder) => path.startsWith(folder))) continue;
    const ran = script.functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0);
    if (ran.length > 0)
      entered.set(
        path,
        ran.map(({ functionName }) => functionName || '(anonymous)'),
      );
  }
  return entered;
}

async function putAiConfig({ config }: ReferencePlatform): Promise<void> {
  const { apiKey, workspaceId } = config.accounts.other ?? {};
  const response = await fetch(`${config.controlPlane.baseUrl}/workspaces/${workspaceId}/ai-config`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ mode: 'byok', provider: 'openai', api_key: 'sk-of-the-workspace-1' }),
  });
  await expectOk(response);
}

async function streamChat({ config }: ReferencePlatform): Promise<void> {
  const response = await fetch(`${config.proxy?.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { ...config.accounts.funded.proxyHeaders, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  await expectOk(response);
}

async function checkOneRequirement({ config }: ReferencePlatform): Promise<void> {
  const report = await runConformance(config, { only: ['KEY-010'] });
  const verdict = report.results.find(({ id }) => id === 'KEY-010')?.verdict;
  if (verdict !== 'pass') throw new Error(`KEY-010: ${verdict}\n${renderTerminalText(report)}`);
  // What `rigkit conformance` prints.
  renderTerminalText(report);
}

async function expectOk(response: Response): Promise<void> {
  const body = await response.text();
  if (!response.ok) throw new Error(`${response.url}: status ${response.status}: ${body}`);
}

function print(entered: readonly Entered[], options: { readonly files: boolean; readonly functions: boolean }): void {
  for (const { name, functions } of entered) {
    const count = functions.values().reduce((sum, names) => sum + names.length, 0);
    console.log(
      `${name}: ${functions.size} files (at most ${BOUNDS[name].most}, goal ${BOUNDS[name].goal}), ${count} functions`,
    );
    if (!options.files && !options.functions) continue;
    for (const [path, names] of functions) {
      console.log(`  ${path}${options.functions ? `: ${names.join(', ')}` : ''}`);
    }
  }
}

if (import.meta.main) {
  const flags = process.argv.slice(2);
  print(await enteredFiles(), { files: flags.includes('--list'), functions: flags.includes('--functions') });
}
