/** Where a call goes: the parts of a URL that a request is made of. */
export interface Address {
  readonly origin: string;
  readonly path: string;
}

/** The URL of an endpoint. Its path is normalised, as URLs are. */
export function addressOf(url: string): Address {
  const { origin, pathname: path } = new URL(url);
  return { origin, path };
}

/** `path` below a provider's base URL, which may end with a slash. */
export function urlBelow(baseUrl: string, path: string): string {
  return baseUrl.replace(/\/+$/, '') + path;
}
