import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../cli/sandbox/start-sandbox.ts';
import type { DemoName, SandboxDescription } from '../../cli/sandbox-file.ts';
import { type ControlPlaneClient, createControlPlaneClient } from '../../client/index.ts';
import type { RecordedCall } from '../../mocks/providers/index.ts';
import { loadConfig } from '../../server/config.ts';
import { createLogger } from '../../server/http/log.ts';

export interface TestSandbox extends SandboxDescription {
  readonly dataDir: string;
  /** A control-plane client of a demo account. */
  as(name: DemoName): ControlPlaneClient;
  remainingMicro(name: DemoName): Promise<number>;
  /** What the stub providers have seen so far. */
  stubCalls(): Promise<readonly RecordedCall[]>;
  /** Everything that was logged, at the most talkative level. */
  log(): string;
  close(): Promise<void>;
}

/**
 * The sandbox as `rigkit sandbox` starts it, in this process, on free ports and in a folder of its own; with more settings,
 * if there are any.
 */
export async function startTestSandbox(settings: Readonly<Record<string, string>> = {}): Promise<TestSandbox> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rigkit-sandbox-'));
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace', destination: { write: (line: string) => void lines.push(line) } });
  const config = loadConfig({}, { RIGKIT_PORT: '0', RIGKIT_PROXY_PORT: '0', RIGKIT_DATA_DIR: dataDir, ...settings });
  const sandbox: Sandbox = await startSandbox(config, { logger });
  const { description } = sandbox;
  const as = (name: DemoName) =>
    createControlPlaneClient({ baseUrl: description.control_plane, apiKey: description.accounts[name].api_key });
  return {
    ...description,
    dataDir,
    as,
    async remainingMicro(name) {
      const { data } = await as(name).GET('/users/me/credits');
      if (data === undefined) throw new Error('no credits answered');
      return data.remaining_micro;
    },
    async stubCalls() {
      const response = await fetch(`${description.stub}/_stub/calls`);
      const body = (await response.json()) as { calls: readonly RecordedCall[] };
      return body.calls;
    },
    log: () => lines.join(''),
    async close() {
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
