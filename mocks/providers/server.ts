import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTROL_PREFIX, serveControl } from './control.ts';
import type { Provider } from './operations.ts';
import { createRecorder, type RecordedCall } from './recorder.ts';
import { createScriptQueue, type ScriptRule } from './script.ts';
import { type StubState, serveCall } from './serve-call.ts';
import { openSession, providerBaseUrls, type StubSession } from './sessions.ts';

/** Longer than any client pools an idle connection, so that the stub never closes one that is about to be used. */
const KEEP_ALIVE_MS = 120_000;
const DEFAULT_MAX_RECORDED_CALLS = 10_000;

export interface StubProvidersOptions {
  /** Address to listen on. Default `127.0.0.1`: every caller that reaches the port can script the stub and read its calls. */
  readonly host?: string;
  /** Port to listen on. Default 0, any free one. */
  readonly port?: number;
  /** Calls kept; older ones are forgotten. Default 10,000. */
  readonly maxRecordedCalls?: number;
  /** The clock behind `created` and `receivedAt`, in milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /** The keys that a provider knows; any other is refused with 401. Default: any key that is not blank passes. */
  readonly keys?: Partial<Readonly<Record<Provider, readonly string[]>>>;
}

/** Running stand-ins for OpenAI, Anthropic, Google and OpenRouter. */
export interface StubProviders {
  /** `http://HOST:PORT` */
  readonly url: string;
  readonly openaiBaseUrl: string;
  readonly anthropicBaseUrl: string;
  readonly googleBaseUrl: string;
  readonly openrouterBaseUrl: string;
  /** Everything received so far, oldest first, at most `maxRecordedCalls`. */
  readonly calls: readonly RecordedCall[];
  /** Queues behaviour for the next matching calls. Throws a `ScriptError` that names what is wrong with the rule. */
  script(rule: ScriptRule): void;
  /**
   * Base URLs and scripts of one caller: see {@link StubSession}. A name is a letter or digit, then letters, digits, `.`,
   * `_` and `-`; any other throws a RangeError.
   */
  session(name: string): StubSession;
  /** Forgets calls and scripts, those of all sessions too. Calls under way go on. */
  reset(): void;
  /** Breaks every open connection and stops listening. May be called twice. */
  close(): Promise<void>;
}

/** Starts the stubs; rejects when the address cannot be listened on. */
export async function startStubProviders(options: StubProvidersOptions = {}): Promise<StubProviders> {
  const { host = '127.0.0.1', port = 0, keys = {} } = options;
  const stub: StubState = {
    recorder: createRecorder(options.maxRecordedCalls ?? DEFAULT_MAX_RECORDED_CALLS),
    scripts: createScriptQueue(),
    sessionScripts: new Map(),
    now: options.now ?? Date.now,
    acceptsCredential: (provider, credential) => keys[provider]?.includes(credential) ?? true,
  };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    serve(stub, request, response).catch((error: unknown) => {
      // A defect of the stub itself: make it visible instead of letting it look like a provider's hang-up.
      process.emitWarning(asError(error));
      response.destroy();
    });
  });
  await listen(server, host, port);
  const url = formatUrl(server.address() as AddressInfo);
  const baseUrls = providerBaseUrls(url);

  return {
    url,
    openaiBaseUrl: baseUrls.openai,
    anthropicBaseUrl: baseUrls.anthropic,
    googleBaseUrl: baseUrls.google,
    openrouterBaseUrl: baseUrls.openrouter,
    get calls() {
      return stub.recorder.calls;
    },
    script: (rule) => stub.scripts.add(rule),
    session: (name) => openSession(url, name, stub.sessionScripts),
    reset() {
      stub.recorder.clear();
      stub.scripts.clear();
      stub.sessionScripts.clear();
    },
    close: () => close(server),
  };
}

async function serve(stub: StubState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://stub');
  if (url === null) {
    response.writeHead(400).end();
    return;
  }
  if (url.pathname.startsWith(CONTROL_PREFIX)) return serveControl(stub, request, url.pathname, response);
  return serveCall(stub, request, url, response);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The only error is that it was not running, which is what was wanted.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function formatUrl({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
