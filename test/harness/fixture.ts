import { afterAll, afterEach, beforeAll } from 'vitest';

/**
 * A fixture of the tests of the block that calls this: opened before them, checked or cleaned after each of them, closed at
 * the end. Its members can be read while a test runs.
 */
export function useFixture<Fixture extends object>(
  open: () => Promise<Fixture>,
  afterTest: (fixture: Fixture) => unknown,
  close: (fixture: Fixture) => unknown,
): Fixture {
  let fixture: Fixture | undefined;
  beforeAll(async () => {
    fixture = await open();
  });
  afterEach(async () => void (fixture && (await afterTest(fixture))));
  afterAll(async () => void (fixture && (await close(fixture))));
  return new Proxy({} as Fixture, {
    get(_, name) {
      if (fixture === undefined) throw new Error('the fixture is opened in beforeAll');
      return Reflect.get(fixture, name);
    },
  });
}
