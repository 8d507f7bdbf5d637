import { fileURLToPath } from 'node:url';
import type { Defect } from './defects.ts';
import { type Running, run, start } from './processes.ts';

/** A platform in a process of its own. */
export interface PlatformProcess extends Running {
  /** With its base path. */
  readonly controlPlane: string;
  /** The origin. */
  readonly proxy: string;
}

export interface PlatformProcessOptions {
  /** By their variables. */
  readonly settings: Readonly<Record<string, string>>;
  /** Flags of Node's own. */
  readonly nodeFlags?: readonly string[];
  /** Runs a platform that is broken in this way: to see whether it would be noticed. */
  readonly defect?: Defect | undefined;
  /** Runs a later version, which knows one step more of the schema. Default false. */
  readonly isNewer?: boolean;
}

/** The `rigkit` command, as a path. */
const COMMAND = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const READY = /ready: control plane (\S+), proxy (\S+)/;
const BROKEN = fileURLToPath(new URL('./broken-serve.ts', import.meta.url));
const NEWER = fileURLToPath(new URL('./newer-serve.ts', import.meta.url));

/** Starts `rigkit serve`, or a double of it. */
export async function startPlatformProcess(options: PlatformProcessOptions): Promise<PlatformProcess> {
  const { settings, nodeFlags = [] } = options;
  const program = serveCommand(options);
  const running = await start(process.execPath, [...nodeFlags, ...program], READY, {
    env: { RIGKIT_LOG_LEVEL: 'error', ...settings },
  });
  const [, controlPlane = '', proxy = ''] = READY.exec(running.output()) ?? [];
  return { ...running, controlPlane, proxy };
}

function serveCommand({ defect, isNewer = false }: PlatformProcessOptions): readonly string[] {
  if (defect !== undefined) return [BROKEN, defect];
  return isNewer ? [NEWER] : [COMMAND, 'serve'];
}

/** What the operator's command says about the books in a database, beside a running platform or after it. Throws when it fails. */
export async function askLedger(databaseUrl: string, question: 'holds' | 'verify'): Promise<string> {
  const env = { RIGKIT_DATABASE_URL: databaseUrl };
  const { code, stdout, stderr } = await run(process.execPath, [COMMAND, 'ledger', question, '--json'], { env });
  if (code !== 0) throw new Error(`rigkit ledger ${question} ends with ${code}: ${stdout}${stderr}`);
  return stdout + stderr;
}
