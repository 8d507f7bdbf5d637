/**
 * The gateway of Portkey, as its own start script runs it, if it is installed (bench/peers). It forwards and does not
 * meter. Argument: the provider's origin.
 */
import { once } from 'node:events';
import { type AddressInfo, Server } from 'node:net';
import { PROVIDER_KEY } from './forwarding.ts';
import { takePart } from './participant.ts';
import { PORTKEY_START_SCRIPT } from './peers.ts';

const [, , provider] = process.argv;
let started: Server | undefined;
const listen = Server.prototype.listen;
// It would listen on every address of the machine, and does not say on which port when it is to pick a free one.
Server.prototype.listen = function listenLocally(this: Server) {
  started = this;
  return listen.call(this, { port: 0, host: '127.0.0.1' });
};
console.clear = () => {};
process.argv.push('--headless');
await import(PORTKEY_START_SCRIPT.href);
if (started === undefined) throw new Error('the gateway does not listen');
if (!started.listening) await once(started, 'listening');
takePart({
  port: (started.address() as AddressInfo).port,
  headers: {
    authorization: `Bearer ${PROVIDER_KEY}`,
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `${provider}/v1`,
  },
});
