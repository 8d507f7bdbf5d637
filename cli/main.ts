#!/usr/bin/env node
// An old Node has to load this file and its imports: it prints which Node is needed.
import { manifest, nodeObjection } from './manifest.ts';

const objection = nodeObjection(process.versions.node, manifest().engines.node);
if (objection === undefined) {
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(`rigkit: ${objection}`);
  process.exitCode = 2;
}
