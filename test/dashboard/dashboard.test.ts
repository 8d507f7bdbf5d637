import { afterAll, beforeAll } from 'vitest';
import { describeAccess } from './access.ts';
import { describeMoney } from './money.ts';
import { type Stage, setStage } from './stage.ts';
import { describeStates } from './states.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
}, 60_000);
afterAll(() => stage?.close());

describeMoney(() => stage);
describeStates(() => stage);
describeAccess(() => stage);
