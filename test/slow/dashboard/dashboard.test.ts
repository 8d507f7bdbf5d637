import { afterAll, beforeAll, vi } from 'vitest';
import { describeAccess } from './access.ts';
import { describeMoney } from './money.ts';
import { describeScenarios } from './scenarios.ts';
import { type Stage, setStage } from './stage.ts';
import { describeStates } from './states.ts';

// A browser beside everything else that runs: on a busy machine a page may take long.
vi.setConfig({ testTimeout: 60_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
}, 60_000);
afterAll(() => stage?.close());

describeMoney(() => stage);
describeStates(() => stage);
describeAccess(() => stage);
describeScenarios(() => stage);
