/**
 * Deterministic stand-ins for OpenAI, Anthropic, Google and OpenRouter, for tests, the sandbox and the conformance suite.
 * They speak the wire formats that the official SDKs accept, and can be scripted: see {@link ScriptRule}.
 */
export type { Operation, Provider } from './operations.ts';
export type { RecordedCall } from './recorder.ts';
export { ScriptError, type ScriptRule } from './script.ts';
export { type StubProviders, type StubProvidersOptions, startStubProviders } from './server.ts';
export type { StubSession } from './sessions.ts';
