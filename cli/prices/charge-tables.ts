import type { ChargeRow } from '../../server/proxy/charges/index.ts';
import type { TermRow } from '../../server/proxy/charges/served-terms.ts';

/**
 * What requests may hold, API by API, in Markdown: what is metered and what is refused, why, and the page that says so;
 * then what costs nothing but the tokens of the request; and what the terms that an answer names do to prices.
 * docs/charges.md has this text.
 */
export function chargeTables(rows: readonly ChargeRow[], terms: readonly TermRow[]): string {
  const apis = Map.groupBy(rows, ({ provider, operations }) => `${provider}: ${operations.join(', ')}`);
  const sections = [...apis].map(([api, own]) => [`## ${api}`, ...describeApi(own)].join('\n\n'));
  return [...sections, `## Terms that the answer names\n\n${describeTerms(terms)}`].join('\n\n');
}

function describeApi(rows: readonly ChargeRow[]): readonly string[] {
  const told = rows.filter(({ verdict, why }) => verdict !== 'free' || why !== '');
  const free = rows.filter((row) => !told.includes(row));
  const table = [
    '| in the request | verdict | why | page |',
    '| --- | --- | --- | --- |',
    ...(['metered', 'refused', 'free'] as const).flatMap((verdict) =>
      told
        .filter((row) => row.verdict === verdict)
        .map((row) => `| \`${row.path}\` | ${verdictText(row)} | ${cell(row.why)} | ${cell(row.clause)} |`),
    ),
  ];
  const names = [...Map.groupBy(free, ({ path }) => path.split('.')[0] ?? '')].map(
    ([shape, own]) => `- ${shape}: ${own.map(({ path }) => `\`${path.slice(shape.length + 1)}\``).join(', ')}`,
  );
  return [...(told.length > 0 ? [table.join('\n')] : []), 'Free, but for the tokens of the request:', names.join('\n')];
}

function describeTerms(terms: readonly TermRow[]): string {
  const rows = terms.map(({ provider, field, value, models, factor, clause }) => {
    const which = models === undefined ? 'all' : models.map((model) => `\`${model}\``).join(', ');
    return `| ${provider} | \`${field}: ${value}\` | ${factor} | ${which} | ${cell(clause)} |`;
  });
  return [
    '| provider | in the answer | times token prices | models | page |',
    '| --- | --- | ---: | --- | --- |',
    ...rows,
  ].join('\n');
}

function verdictText({ verdict, except }: ChargeRow): string {
  return except.length === 0 ? verdict : `${verdict}, but for ${except.map((value) => `\`${value}\``).join(', ')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
