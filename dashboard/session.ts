/** Where the page is signed in, and with what. It lives in this tab only: never in local storage, cookies or a URL. */
export interface Session {
  /** With the base path, as the client takes it. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

const STORED_AS = 'rigkit.session';

export function storedSession(storage: Storage): Session | undefined {
  try {
    const { baseUrl, apiKey } = JSON.parse(storage.getItem(STORED_AS) ?? '') as Partial<Session>;
    return typeof baseUrl === 'string' && typeof apiKey === 'string' ? { baseUrl, apiKey } : undefined;
  } catch {
    return undefined;
  }
}

export function keepSession(storage: Storage, session: Session): void {
  storage.setItem(STORED_AS, JSON.stringify(session));
}

export function forgetSession(storage: Storage): void {
  storage.removeItem(STORED_AS);
}

/** The platform that serves the page. */
export const ownBaseUrl = (origin: string) => `${origin}/api/v1`;

/**
 * What a link fills the form with: `#api_key=rb_...`, and `&base_url=` for another platform. A fragment is never sent
 * over the network. A base URL alone is ignored: no link may aim a key that the user types at a host of the link's choice.
 */
export function linkedSession(fragment: string, origin: string): Session | undefined {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const apiKey = fields.get('api_key');
  if (!apiKey) return undefined;
  return { baseUrl: normalBaseUrl(fields.get('base_url') ?? '') ?? ownBaseUrl(origin), apiKey };
}

/** Without the slash at the end; undefined for what is no http(s) URL. */
export function normalBaseUrl(text: string): string | undefined {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
