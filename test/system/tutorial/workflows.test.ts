import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks } from '../../harness/code-blocks.ts';
import { run } from '../../harness/processes.ts';
import { startTestSandbox, type TestSandbox } from '../../harness/sandbox.ts';

const WORKFLOWS = 'spec/tutorial/build-a-platform.arazzo.yaml';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox?.close());

/** Runs the API steps of docs/build-a-platform.md on the sandbox, by these keys. */
async function respect(keys: { readonly apiKey: string; readonly exhaustedApiKey: string }) {
  const servers = [`control-plane=${sandbox.control_plane}`, `proxy=${sandbox.proxy}`];
  const args = [
    ...['node_modules/@redocly/cli/bin/cli.js', 'respect', WORKFLOWS],
    ...servers.flatMap((server) => ['--server', server]),
    ...Object.entries(keys).flatMap(([name, key]) => ['--input', `${name}=${key}`]),
  ];
  const env = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { code, stdout, stderr } = await run(process.execPath, args, { env });
  return { code, output: stripVTControlCharacters(stdout + stderr) };
}

describe("the tutorial's workflows", () => {
  it('are run as the page says, from where the package has them', () => {
    const { text = '' } = codeBlocks('docs/build-a-platform.md').find((block) => block.text.includes('respect')) ?? {};
    expect(text).toContain(` respect node_modules/rigkit/dist/${WORKFLOWS} `);
    expect(text.match(/--(?:server|input) [\w-]+(?==)/g)).toEqual([
      ...['--server control-plane', '--server proxy', '--input apiKey', '--input exhaustedApiKey'],
    ]);
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(text).toContain(`@redocly/cli@${devDependencies['@redocly/cli']} `);
  });

  it('pass on the sandbox, each step, and print no key', async () => {
    const { funded, exhausted } = sandbox.accounts;
    const { code, output } = await respect({ apiKey: funded.api_key, exhaustedApiKey: exhausted.api_key });
    expect(output).toMatch(/Workflows: 3 passed, 3 total\s+Steps: (\d+) passed, \1 total\s/);
    expect(code).toBe(0);
    expect(output).not.toMatch(/rb_\w|sk-tutorial/);
  });

  it('leave no workspace behind, and no default', async () => {
    const funded = sandbox.as('funded');
    const { data: list } = await funded.GET('/workspaces');
    expect(list?.vms.map(({ id }) => id)).toEqual([sandbox.accounts.funded.workspace_id]);
    const { data: defaults } = await funded.GET('/users/me/ai-defaults');
    expect(defaults).toMatchObject({ default_provider: 'openai' });
  });

  it('fail where the answers are not what they say: credits that are out, and credits that are not', async () => {
    const { funded, exhausted } = sandbox.accounts;
    const { code, output } = await respect({ apiKey: exhausted.api_key, exhaustedApiKey: funded.api_key });
    expect(code).toBe(1);
    expect(output).toMatch(/stepId - read-credits\s+✗ success criteria check/);
    expect(output).toMatch(/stepId - call-without-credits\s+✗ success criteria check/);
  });
});
