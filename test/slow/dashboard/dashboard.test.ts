import { afterAll, beforeAll } from 'vitest';
import { describeAccess } from './access.ts';
import { describeMoney } from './money.ts';
import { describeScenarios } from './scenarios.ts';
import { describeStates } from './states.ts';
import { type DashboardTour, openTour } from './tour.ts';

let tour: DashboardTour;
beforeAll(async () => {
  tour = await openTour();
});
afterAll(() => tour?.close());

describeMoney(() => tour);
describeStates(() => tour);
describeAccess(() => tour);
describeScenarios(() => tour);
