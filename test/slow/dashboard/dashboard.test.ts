import { afterAll, beforeAll } from 'vitest';
import { describeAccess } from './access.ts';
import { describeMoney } from './money.ts';
import { describeScenarios } from './scenarios.ts';
import { type Stage, setStage } from './stage.ts';
import { describeStates } from './states.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

describeMoney(() => stage);
describeStates(() => stage);
describeAccess(() => stage);
describeScenarios(() => stage);
