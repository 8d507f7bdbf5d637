#!/usr/bin/env node
// Nothing but what an old Node can load may be imported here: it is to be told that it is too old.
import { manifest } from './manifest.ts';
import { nodeObjection } from './node-version.ts';

const objection = nodeObjection(process.versions.node, manifest().engines.node);
if (objection === undefined) {
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(`rigkit: ${objection}`);
  process.exitCode = 2;
}
