import { readFileSync } from 'node:fs';
import type { Scenario } from './scenario.ts';

/** The types of the facts: generated code imports nothing, so that they are written out with the facts. */
const types = readFileSync(new URL('scenario.ts', import.meta.url), 'utf8');

/** The source of `generated/scenarios.ts`: the facts of every screen state as typed data. */
export function scenarioModule(scenarios: readonly Scenario[]): string {
  const names = scenarios.map(({ name }) => `'${name}'`);
  const entries = scenarios.map((scenario) => `  '${scenario.name}': ${textOf(scenario)},\n`);
  return `
/** The screen states that the contract has an example of, by name. */
export const scenarioNames = [${names.join(', ')}] as const;

export type ScenarioName = (typeof scenarioNames)[number];

${types}
export const scenarios: { readonly [Name in ScenarioName]: Scenario<Name> } = {
${entries.join('')}};
`;
}

/** JSON with a member on each line, and a row of usage on one. */
function textOf(scenario: Scenario): string {
  const text = JSON.stringify(scenario, null, 2).replaceAll('\n', '\n  ');
  return text.replace(/\[\s+(\d+(?:,\s+\d+)+)\s+\]/g, (_, row: string) => `[${row.replace(/\s+/g, ' ')}]`);
}
