import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeObjection } from './manifest.ts';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));

describe('nodeObjection', () => {
  it.each(['24.18.0', '24.18.1', '24.21.0', '25.0.0', '26.1.0-nightly2026'])('takes Node %s', (running) => {
    expect(nodeObjection(running, '>=24.18.0')).toBeUndefined();
  });

  it.each(['20.19.5', '24.17.9', '24.9.0', '4.99.99', '22.22.0'])('says what Node %s is short of', (running) => {
    const objection = nodeObjection(running, '>=24.18.0');
    expect(objection).toBe(`Node 24.18.0 or later is needed, and this is Node ${running}; see https://nodejs.org`);
  });

  it('can read the range of the manifest', () => {
    expect(nodeObjection('0.0.0', engines.node)).toContain('Node 24.18.0 or later');
    expect(nodeObjection(process.versions.node, engines.node)).toBeUndefined();
  });
});
