/** Prism's engine, in the versions that the mock is tested with. Heavy, and so no dependency: who mocks adds it. */
export const engineParts: readonly string[] = ['@stoplight/prism-core@5.16.0', '@stoplight/prism-http@5.16.0'];

/** Prism's engine is not installed. The message names the command that adds it. */
export class MissingEngine extends Error {
  override readonly name = 'MissingEngine';

  constructor() {
    super(`the mock needs Prism's engine, which is optional; add it with: npm i -D ${engineParts.join(' ')}`);
  }
}

/** Waits for a module that imports the engine. Rejects with {@link MissingEngine} where that is why it cannot be loaded. */
export async function withEngine<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    throw isAboutEngine(error) ? new MissingEngine() : error;
  }
}

function isAboutEngine(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') return false;
  return error.message.includes("Cannot find package '@stoplight/prism-");
}
