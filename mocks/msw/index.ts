/** Browser handlers for Mock Service Worker, made from the contract's examples. Needs nothing of Node. */
export { type RigkitHandlersOptions, rigkitHandlers } from './handlers.ts';
