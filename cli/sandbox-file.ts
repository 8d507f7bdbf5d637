import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const account = z.object({
  account_id: z.string(),
  api_key: z.string(),
  workspace_id: z.string(),
  workspace_key: z.string(),
});

const description = z.object({
  control_plane: z.string(),
  proxy: z.string(),
  stub: z.string().nullable(),
  /** Base URL of the sandbox controls; null if they are not served. */
  controls: z.string().nullable().optional(),
  /** Origin of `/metrics`; only with an operator port. */
  operator: z.string().optional(),
  accounts: z.object({ funded: account, exhausted: account, other: account }),
});

export type DemoAccount = z.output<typeof account>;
export type DemoName = 'funded' | 'exhausted' | 'other';

/** The content of `sandbox.json`: the addresses of the sandbox, and the demo accounts with their keys. */
export type SandboxDescription = z.output<typeof description>;

export const sandboxFile = (dataDir: string) => join(dataDir, 'sandbox.json');

/** The `sandbox.json` in `dataDir`, or undefined if there is none or it cannot be read. */
export function readSandboxFile(dataDir: string): SandboxDescription | undefined {
  try {
    return description.parse(JSON.parse(readFileSync(sandboxFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}
