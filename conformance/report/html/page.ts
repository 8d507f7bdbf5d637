import { createHash } from 'node:crypto';
import { headlineOf } from '../headline.ts';
import { type Markup, markup } from '../markup.ts';
import type { ConformanceReport } from '../report.ts';
import { contentsOf, findings } from './findings.ts';
import { banner, facts, profileTable, sums } from './overview.ts';
import { everyRequirement } from './requirements.ts';
import { style } from './style.ts';

/** Allows the page its own style and nothing else: no script, no image, no address that is loaded. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;
const STYLE: Markup = { markup: `<style>${style}</style>` };

/**
 * The report as a page for people: what it came to, what is broken with its evidence, then every requirement. It is one
 * file without scripts, well-formed as XML too.
 */
export function htmlOf(report: ConformanceReport): string {
  const { contract, configuration, schemaVersion } = report;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>${headlineOf(report)} – rigkit conformance</title>
${STYLE}
</head>
<body>
<main>
<header>
<h1>Conformance report</h1>
${banner(report)}
${facts(report)}
</header>
<section><h2>Summary</h2>
${profileTable(report)}
${sums(report)}
${contentsOf(report)}
</section>
${findings(report)}
${everyRequirement(report)}
</main>
<footer>
<p>Made from report.json, schema version ${schemaVersion}. Secrets are replaced by their names.</p>
<dl class="facts">
<dt>control-plane.json</dt><dd>SHA-256 <code>${contract.sha256.controlPlane}</code></dd>
<dt>managed-proxy.json</dt><dd>SHA-256 <code>${contract.sha256.managedProxy}</code></dd>
<dt>Configuration</dt><dd>without secrets, SHA-256 <code>${configuration.sha256}</code></dd>
</dl>
</footer>
</body>
</html>
`.markup;
}
