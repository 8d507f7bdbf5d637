/** Stand-ins for tests: the stateless mock of both APIs, and the AI providers that the metering proxy forwards to. */
export { MissingEngine } from './prism/missing-engine.ts';
export { type Mock, type MockLogger, type MockOptions, startMock } from './prism/mock-server.ts';
export * from './providers/index.ts';
