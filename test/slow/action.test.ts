import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conformanceFile } from '../../cli/sandbox/start-sandbox.ts';
import { reportFiles } from '../../conformance/index.ts';
import { codeBlocks } from '../harness/code-blocks.ts';
import { run } from '../harness/processes.ts';
import { startTestSandbox, type TestSandbox } from '../harness/sandbox.ts';
import { dropsTutorialFields } from '../platforms/broken/ai-config.ts';
import { startFront } from '../platforms/front.ts';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Recipe {
  readonly jobs?: { readonly conformance: { readonly steps: readonly Step[] } };
}

const folder = '.github/actions/conformance';
const action = parseYaml(readFileSync(join(folder, 'action.yml'), 'utf8')) as Action;
const steps = action.runs.steps;
const runStep = steps.find(({ id }) => id === 'run');
const script = readFileSync(join(folder, 'run.sh'), 'utf8');

describe('the action', () => {
  it('is composite, and puts nothing that a caller wrote into a command', () => {
    expect(action.runs.using).toBe('composite');
    const commands = steps.flatMap((step) => step.run ?? []);
    expect(commands).toEqual(['bash "$GITHUB_ACTION_PATH/run.sh"']);
    expect(script).not.toMatch(/\beval\b|\$\{\{|`|\bsource\b|\bbash -c\b|\bsh -c\b/);
  });

  it('hands every input over, by environment or to the upload, and has no other', () => {
    const handed = Object.entries(runStep?.env ?? {}).map(([name, value]) => [
      name,
      /inputs\.([\w-]+)/.exec(value)?.[1],
    ]);
    const variable = (input: string) => `INPUT_${input.toUpperCase().replaceAll('-', '_')}`;
    const inputs = Object.keys(action.inputs).filter((input) => input !== 'artifact');
    expect(handed).toEqual(inputs.map((input) => [variable(input), input]));
    expect(action.inputs.config?.required).toBe(true);
    expect(script.match(/INPUT_\w+/g)?.every((name) => handed.some(([given]) => given === name))).toBe(true);
  });

  it('tells verdict and exit code, and keeps the reports of a run that fails, too', () => {
    expect(Object.keys(action.outputs)).toEqual(['verdict', 'exit-code']);
    const upload = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(upload?.if).toContain('always()');
  });
});

describe('the recipe in the documentation', () => {
  const guide = readFileSync('docs/conformance.md', 'utf8');
  const recipes = codeBlocks('docs/conformance.md')
    .filter(({ language }) => language === 'yaml')
    .map(({ text }) => parseYaml(text) as Recipe);
  const recipe = recipes.flatMap(({ jobs }) => jobs?.conformance.steps ?? []);

  it('uses inputs and outputs that the action has, and explains each input', () => {
    const used = recipe.find(({ uses }) => uses === './.github/actions/conformance');
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(used?.with ?? { missing: '' })));
    const outputs = [...guide.matchAll(/steps\.conformance\.outputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(outputs));
    const explained = Object.keys(action.inputs).filter((name) => guide.includes(`| \`${name}\` |`));
    expect(explained).toEqual(Object.keys(action.inputs));
  });

  it('puts no expression into a command', () => {
    const commands = recipe.flatMap((step) => step.run ?? []);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });
});

describe("the action's script", () => {
  let sandbox: TestSandbox;
  let work: string;
  beforeAll(async () => {
    sandbox = await startTestSandbox();
  });
  afterAll(() => sandbox?.close());
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'rigkit action '));
    const bin = join(work, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'rigkit'), `#!/bin/sh\nexec ${process.execPath} ${resolve('cli/main.ts')} "$@"\n`);
    chmodSync(join(bin, 'rigkit'), 0o755);
    copyFileSync(conformanceFile(sandbox.dataDir), join(work, 'conformance.json'));
    return () => rmSync(work, { recursive: true, force: true });
  });

  /** Runs it as the runner does: inputs by environment, files for outputs and summary. */
  async function runScript(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
    const outputs = join(work, '.output');
    writeFileSync(outputs, '');
    const given = Object.entries(action.inputs).map(([name, { default: value = '' }]) => [
      `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
      inputs[name] ?? value,
    ]);
    const finished = await run('bash', [resolve(folder, 'run.sh')], {
      cwd: work,
      env: {
        ...Object.fromEntries(given),
        GITHUB_OUTPUT: outputs,
        GITHUB_STEP_SUMMARY: join(work, '.summary'),
        RUNNER_TEMP: join(work, '.temp'),
        ...env,
      },
    });
    const lines = readFileSync(outputs, 'utf8').trim().split('\n');
    return { ...finished, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/, 2))) };
  }
  const config = 'conformance.json';
  const byok = { config, profiles: 'byok' };

  it('runs the suite, and leaves reports, summary, verdict and exit code', async () => {
    const finished = await runScript({ config, profiles: 'byok, control-plane\n' });
    expect(finished, finished.stdout + finished.stderr).toMatchObject({
      code: 0,
      outputs: { verdict: 'conformant', 'exit-code': '0', 'report-dir': 'conformance-report' },
    });
    expect(readdirSync(join(work, 'conformance-report'))).toEqual([...reportFiles].toSorted());
    expect(readFileSync(join(work, '.summary'), 'utf8')).toContain('rigkit conformance');
    const { selection } = JSON.parse(readFileSync(join(work, 'conformance-report/report.json'), 'utf8'));
    expect(selection.profiles.toSorted()).toEqual(['byok', 'control-plane']);
  });

  const ODD = [
    'with spaces',
    '$(touch pwned)',
    '`touch pwned`',
    "'; touch pwned; '",
    '"; touch pwned; "',
    '--json',
    '*',
    '$HOME',
  ];
  it.each(ODD)('takes a file and a folder of the name %j for what they are', async (name) => {
    copyFileSync(join(work, config), join(work, `${name}.json`));
    const before = readdirSync(work);
    const finished = await runScript({ config: `${name}.json`, 'report-dir': `${name}.out`, profiles: 'byok' });
    expect(finished, finished.stdout + finished.stderr).toMatchObject({
      code: 0,
      outputs: { verdict: 'conformant', 'report-dir': `${name}.out` },
    });
    const made = readdirSync(work).filter((entry) => !before.includes(entry) && !entry.startsWith('.'));
    expect(made).toEqual([`${name}.out`]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a configuration of two lines', { config: 'a\nverdict=conformant' }, 'config'],
    ['no configuration', { config: '' }, 'config'],
    ['a folder of two lines', { config, 'report-dir': 'a\n::add-mask::x' }, 'report-dir'],
    ['a baseline with an escape', { config, baseline: 'a\u001b[2J' }, 'baseline'],
    ['a version that is a range', { config, version: '^0.1.0' }, 'version'],
    ['a version that is a command', { config, version: '1.0.0;touch pwned' }, 'version'],
    ['a version of another package', { config, version: 'npm:evil@1.0.0' }, 'version'],
    ['a profile that is a flag', { config, profiles: 'byok --certify' }, 'profiles'],
    ['a profile that is a command', { config, profiles: '$(touch\tpwned)' }, 'profiles'],
    ['an unknown thing to fail on', { config, 'fail-on': 'never' }, 'fail-on'],
  ])('refuses %s by the name of the input alone, and runs nothing', async (_, inputs, name) => {
    const refused = await runScript(inputs);
    expect(refused).toMatchObject({ code: 2, outputs: { verdict: 'bad-configuration', 'exit-code': '2' } });
    expect(refused.stdout).toMatch(new RegExp(`^::error title=rigkit conformance::${name}: [^\\n]*\\n$`));
    expect(
      readdirSync(work)
        .filter((entry) => !entry.startsWith('.'))
        .toSorted(),
    ).toEqual([config, 'node_modules']);
  });

  it('ends with the code of the run: of a violation, of a typo, of a target that is not there', async () => {
    const change = (changes: object, profiles = 'byok') => {
      const written = JSON.parse(readFileSync(join(work, config), 'utf8'));
      writeFileSync(join(work, 'changed.json'), JSON.stringify({ ...written, ...changes }));
      return runScript({ config: 'changed.json', profiles });
    };
    const front = await startFront(sandbox.control_plane, dropsTutorialFields.controlPlane);
    const broken = await change({ controlPlane: { baseUrl: front.url } }, 'control-plane').finally(front.close);
    expect(broken).toMatchObject({ code: 1, outputs: { verdict: 'violation', 'exit-code': '1' } });
    const nobody = { controlPlane: { baseUrl: 'http://127.0.0.1:9/api/v1' } };
    expect(await change(nobody)).toMatchObject({ code: 3, outputs: { verdict: 'failed', 'exit-code': '3' } });
    expect(await change({ contolPlane: {} })).toMatchObject({ code: 2, outputs: { verdict: 'bad-configuration' } });
  });

  it('takes what is unverified for a failure, or for a warning where it is asked to', async () => {
    const { controlPlane, accounts } = JSON.parse(readFileSync(join(work, config), 'utf8'));
    const alone = { controlPlane, accounts: { funded: { apiKey: accounts.funded.apiKey } } };
    writeFileSync(join(work, 'alone.json'), JSON.stringify(alone));
    const inputs = { config: 'alone.json', profiles: 'byok' };
    const incomplete = { verdict: 'incomplete', 'exit-code': '4' };
    expect(await runScript(inputs)).toMatchObject({ code: 4, outputs: incomplete });
    const warned = await runScript({ ...inputs, 'fail-on': 'violation' });
    expect(warned).toMatchObject({ code: 0, outputs: incomplete });
    expect(warned.stdout).toContain('::warning ');
  });

  it('takes no earlier report for its own', async () => {
    await runScript(byok);
    const refused = await runScript({ ...byok, baseline: 'nowhere.json' });
    expect(refused).toMatchObject({ code: 2, outputs: { verdict: 'bad-configuration' } });
  });

  it('lets no line that the suite prints command the runner', async () => {
    const { stdout } = await runScript(byok);
    const [, token] = /^::stop-commands::(\S+)$/m.exec(stdout) ?? [];
    expect(token).toMatch(/^[\w-]{20,}$/);
    const printed = stdout.slice(stdout.indexOf('::stop-commands::'));
    expect(printed.trimEnd().endsWith(`::${token}::`)).toBe(true);
  });

  it('installs the version that it is given, outside of the repository', async () => {
    const tools = join(work, '.tools');
    mkdirSync(tools);
    const npm = `#!/bin/sh
      printf '%s\\n' "$@" > npm-words
      mkdir -p "$3/node_modules" && cp -r node_modules/.bin "$3/node_modules/.bin"
    `;
    writeFileSync(join(tools, 'npm'), npm, { mode: 0o755 });
    const finished = await runScript({ ...byok, version: '0.1.0' }, { PATH: `${tools}:${process.env.PATH}` });
    expect(finished, finished.stdout + finished.stderr).toMatchObject({ code: 0 });
    const home = join(work, '.temp/rigkit-0.1.0');
    const words = readFileSync(join(work, 'npm-words'), 'utf8').trim().split('\n');
    expect(words).toEqual(['install', '--prefix', home, '--no-audit', '--no-fund', 'rigkit@0.1.0']);
    expect(existsSync(join(home, 'node_modules/.bin/rigkit'))).toBe(true);
  });
});
