import { scenarioAnswer } from '../../mocks/scenarios/scenario-answer.ts';
import type { Scenario } from './scenario.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { content?: Record<string, { examples?: Record<string, object> }> }>>;
}

/**
 * Adds an example of every scenario to each operation that answers by it, named after the scenario, behind those that
 * were written by hand. It shows the scenario's first workspace and the default range: `--scenario` of the mock answers
 * for the others.
 */
export function addScenarioExamples(
  paths: Readonly<Record<string, Readonly<Record<string, object>>>>,
  scenarios: readonly Scenario[],
): void {
  const operations = Object.values(paths).flatMap((item) => Object.values(item)) as Operation[];
  for (const { operationId, responses } of operations) {
    const examples = responses['200']?.content?.['application/json']?.examples;
    if (examples === undefined) continue;
    for (const scenario of scenarios) {
      const answer = scenarioAnswer(scenario, operationId, { workspaceId: scenario.workspaces[0]?.id });
      if (answer.kind !== 'body') continue;
      if (scenario.name in examples) throw new Error(`${operationId} has an example named ${scenario.name} already`);
      examples[scenario.name] = { summary: scenario.summary, value: answer.body };
    }
  }
}
