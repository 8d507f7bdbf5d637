import { useFixture } from './fixture.ts';
import { startTestSandbox, type TestSandbox } from './sandbox.ts';

/** A sandbox for the tests of the block that calls this, closed after them. */
export function useTestSandbox(settings: Readonly<Record<string, string>> = {}): TestSandbox {
  return useFixture(
    () => startTestSandbox(settings),
    () => {},
    (sandbox) => sandbox.close(),
  );
}
