import { readFileSync } from 'node:fs';
import type { Scenario } from '../generated/scenarios.ts';
import { unpackSeries } from '../mocks/responses/series.ts';
import type { ScenarioFacts } from './scenario-facts.ts';

/** Generated code imports nothing: the types of the facts are written out with the facts. */
const factTypes = readFileSync(new URL('scenario-facts.ts', import.meta.url), 'utf8');

/** The source of `generated/scenario-facts.ts`: `spec/control-plane/scenarios/` as typed data. */
export function scenarioFactsModule(facts: Readonly<Record<string, ScenarioFacts>>): string {
  return `
${factTypes}
/** By the name of the scenario. */
export const scenarioFacts = ${JSON.stringify(facts, null, 2)} as const satisfies Readonly<Record<string, ScenarioFacts>>;
`;
}

/** The source of `generated/scenarios.ts`: what the reference platform responded in each scenario. */
export function scenarioModule(scenarios: readonly Scenario[]): string {
  const names = scenarios.map(({ name }) => `'${name}'`);
  const entries = scenarios.map((scenario) => `  '${scenario.name}': ${scenarioText(scenario)},\n`);
  return `
/** The states of an account that the contract has examples of, by name. */
export const scenarioNames = [${names.join(', ')}] as const;

export type ScenarioName = (typeof scenarioNames)[number];

/** An account in a certain state at a certain time, as the reference platform shows it. */
export interface Scenario<Name extends string = string> {
  readonly name: Name;
  readonly summary: string;
  /** What time it is, RFC 3339 in UTC. */
  readonly now: string;
  /** Without deleted ones, in the order in which they were created. */
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
  /** How AI calls of the first workspace are refused: status and name of the example. Null: they are served. */
  readonly aiRefusal: { readonly code: string; readonly example: string } | null;
  /**
   * Bodies of successful responses, by operation and then by path below the base path, with the query where it matters.
   * Operations that are not here respond alike in every state. Series of points are packed.
   */
  readonly responses: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

export const scenarios: { readonly [Name in ScenarioName]: Scenario<Name> } = {
${entries.join('')}};
`;
}

/** JSON with each recorded body on a line of its own. */
function scenarioText({ responses, ...facts }: Scenario): string {
  const operations = Object.entries(responses).map(([id, bodies]) => {
    const lines = Object.entries(bodies).map(
      ([path, body]) => `        ${JSON.stringify(path)}: ${JSON.stringify(body)},\n`,
    );
    return `      ${id}: {${lines.length > 0 ? `\n${lines.join('')}      ` : ''}},\n`;
  });
  const members = Object.entries(facts).map(([name, value]) => `    ${name}: ${JSON.stringify(value)},\n`);
  return `{\n${members.join('')}    responses: {\n${operations.join('')}    },\n  }`;
}

interface SpecOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, object>>;
}

/**
 * Adds an example of every scenario to each operation that depends on it, named after the scenario, behind those that
 * were written by hand. It shows the scenario's first workspace and the default range.
 */
export function addScenarioExamples(
  paths: Readonly<Record<string, Readonly<Record<string, object>>>>,
  scenarios: readonly Scenario[],
): void {
  const operations = Object.values(paths).flatMap((item) => Object.values(item)) as SpecOperation[];
  for (const { operationId, responses } of operations) {
    const success = responses['200'] as { content?: Record<string, { examples?: Record<string, object> }> } | undefined;
    const examples = success?.content?.['application/json']?.examples;
    if (examples === undefined) continue;
    for (const { name, summary, responses: recorded } of scenarios) {
      const [body] = Object.values(recorded[operationId] ?? {});
      if (body === undefined) continue;
      if (name in examples) throw new Error(`${operationId} has an example named ${name} already`);
      examples[name] = { summary, value: unpackSeries(body) };
    }
  }
}
