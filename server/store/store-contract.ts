/** The tests of the `Store` port: each engine's own test file runs them on itself. */
export { describeStore, type NewSite, type StoreSite } from './fixtures/contract/index.ts';
