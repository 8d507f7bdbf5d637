import type { RecordedCall, ScriptRule } from '../../mocks/providers/index.ts';
import type { StubControl } from './stub-control.ts';

/**
 * The stub as one check sees it: only the calls whose body holds the check's marker, so that other traffic of the
 * platform under test disturbs nothing.
 */
export interface ProviderStub {
  /** How the next call of this check is answered; further rules are used one call after the other. */
  script(respond: ScriptRule['respond'], times?: number): Promise<void>;
  /** What has arrived with the check's marker, oldest first. */
  calls(): Promise<readonly RecordedCall[]>;
  /** Everything that arrived since the check asked for the stub: for calls that have no body. */
  callsSinceStart(): Promise<readonly RecordedCall[]>;
  /** Sends a recorded call once more, straight to the stub: what the provider itself answers. Resolves to the body. */
  replay(call: RecordedCall, respond: ScriptRule['respond']): Promise<string>;
}

/** The stub for the check whose prompts hold this marker. */
export async function stubFor(stub: StubControl, marker: string): Promise<ProviderStub> {
  const before = new Set((await stub.calls()).map((call) => call.id));
  const script: ProviderStub['script'] = (respond, times = 1) =>
    stub.script({ match: { bodyIncludes: marker }, times, respond });
  return {
    script,
    calls: async () => (await stub.calls()).filter((call) => call.bodyText.includes(marker)),
    callsSinceStart: async () => (await stub.calls()).filter((call) => !before.has(call.id)),
    async replay(call, respond) {
      await script(respond);
      const headers = { 'content-type': 'application/json', authorization: 'Bearer replay' };
      const response = await fetch(`${stub.url}${call.path}`, { method: call.method, headers, body: call.bodyText });
      return response.text();
    },
  };
}
