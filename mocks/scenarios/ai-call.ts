import type { Scenario } from '../../generated/scenarios.ts';
import { liveWorkspaces } from './account-bodies.ts';

/** A refusal by the contract's own example of it. */
export interface ExampleOfRefusal {
  readonly code: string;
  readonly example: string;
}

/**
 * Why the platform refuses the AI calls of a scenario, or undefined where it serves them. A mock does not know who calls:
 * it takes every caller for the first workspace, which is the one that the bundle's examples are of.
 */
export function refusalOfAiCalls(scenario: Scenario): ExampleOfRefusal | undefined {
  const [workspace] = liveWorkspaces(scenario);
  if (workspace?.ai.effective.status === 'invalid_missing_key') return { code: '400', example: 'invalid-missing-key' };
  if (workspace?.ai.effective.mode === 'managed' && scenario.leftMicro <= 0) {
    return { code: '402', example: 'insufficient-credits' };
  }
  return undefined;
}
