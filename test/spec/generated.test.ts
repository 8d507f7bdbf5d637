import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'rigkit-generate-'));
  // The generator runs the reference platform, and with it most of the tree.
  for (const name of readdirSync(root).filter((each) => !/^(\..*|node_modules|dist|test|bench)$/.test(each))) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function generate(folder: string, ...flags: string[]) {
  return spawnSync(process.execPath, [join(folder, 'scripts/generate.ts'), ...flags], { encoding: 'utf8' });
}

test('what is committed in generated/ is what spec/ says', () => {
  expect(generate(root, '--check')).toMatchObject({ status: 0, stderr: '' });
});

test('--check names a file that was edited and one that nobody generates, and mends neither', () => {
  appendFileSync(join(copy, 'generated/requirements.ts'), '// edited\n');
  writeFileSync(join(copy, 'generated/unknown.ts'), '');
  const { status, stderr } = generate(copy, '--check');
  expect(status).toBe(1);
  expect(stderr).toContain('generated/requirements.ts, generated/unknown.ts: not what spec/ says');
  expect(readFileSync(join(copy, 'generated/requirements.ts'), 'utf8')).toMatch(/edited\n$/);
});

test('generating twice gives the same bytes, and removes what nobody generates', () => {
  expect(generate(copy)).toMatchObject({ status: 0, stderr: '' });
  execFileSync('diff', ['-r', join(root, 'generated'), join(copy, 'generated')]);
});

test('a requirement id that both documents use stops the generator, which names both places', () => {
  const file = join(copy, 'spec/managed-proxy/requirements/subject-usage.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('SUB-001', 'CRD-001'));
  const { status, stderr } = generate(copy);
  expect(status).toBe(1);
  expect(stderr).toContain('requirement CRD-001 stands twice: at getCredits and at getSubjectUsage');
});

test('a reference that leads nowhere stops the generator with its place', () => {
  const file = join(copy, 'spec/control-plane/paths/credits.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('credits.yaml#/AiCredits', 'credits.yaml#/Nothing'));
  const { status, stderr } = generate(copy);
  expect(status).toBe(1);
  expect(stderr).toContain('paths/credits.yaml');
});

test('a scenario with more workspaces than its plan allows stops the generator, which names the scenario', () => {
  const spec = join(copy, 'spec');
  rmSync(spec, { recursive: true });
  cpSync(join(root, 'spec'), spec, { recursive: true });
  const more = ['ws-1', 'ws-2'].map((id) => `  - { id: ${id}, name: ${id}, created_at: "2026-03-24T14:20:00Z" }\n`);
  appendFileSync(join(spec, 'control-plane/scenarios/fresh-account.yaml'), more.join(''));
  const { status, stderr } = generate(copy);
  expect(status).toBe(1);
  expect(stderr).toContain('scenario fresh-account cannot be loaded');
  expect(stderr).toContain('max_vms');
});
