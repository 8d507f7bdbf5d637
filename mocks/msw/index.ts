/** Browser handlers for Mock Service Worker, made from the contract's examples. Needs nothing of Node. */

export { type Scenario, type ScenarioName, scenarioNames, scenarios } from '../../generated/scenarios.ts';
export type { ChaosOptions } from '../responses/chaos.ts';
export type { Pace } from '../responses/response.ts';
export { type RigkitHandlersOptions, type RigkitMocks, rigkitHandlers, rigkitMocks } from './handlers.ts';
export type { OperationId, Override, SuccessBody, Timing } from './override.ts';
