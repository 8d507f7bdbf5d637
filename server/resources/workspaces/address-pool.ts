/** The IPv4 addresses of a compute network: its first address as a number, and how many there are. */
export interface AddressPool {
  readonly first: number;
  readonly size: number;
}

const CIDR = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/(\d{1,2})$/;
const WIDEST_PREFIX = 12;
const NARROWEST_PREFIX = 29;
/** The network's own address and its gateway's stand at its beginning, the broadcast address at its end. */
const RESERVED_AT_START = 2;
const RESERVED_AT_END = 1;

/** Reads `10.77.0.0/16`; undefined for anything else. The prefix is /12 to /29, and no bits stand behind it. */
export function parseAddressPool(cidr: string): AddressPool | undefined {
  const match = CIDR.exec(cidr);
  if (match === null) return undefined;
  const [prefix = 0, ...octets] = [match[5], ...match.slice(1, 5)].map(Number);
  const size = 2 ** (32 - prefix);
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const isNetwork = octets.every((octet) => octet <= 255) && first % size === 0;
  const isUsable = prefix >= WIDEST_PREFIX && prefix <= NARROWEST_PREFIX;
  return isNetwork && isUsable ? { first, size } : undefined;
}

/**
 * The next free address behind `last`, the one that was given out last, and around the end: so an address that was
 * given back stays unused for as long as possible, and a caller that still has it is not taken for its successor.
 * Undefined where all are taken. `last` null, or outside the pool: from its beginning.
 */
export function nextAddress(
  pool: AddressPool,
  last: string | null,
  isTaken: (address: string) => boolean,
): string | undefined {
  const usable = pool.size - RESERVED_AT_START - RESERVED_AT_END;
  const start = last === null ? 0 : toNumber(last) - pool.first - RESERVED_AT_START + 1;
  const begin = start >= 0 && start < usable ? start : 0;
  for (let step = 0; step < usable; step += 1) {
    const address = toText(pool.first + RESERVED_AT_START + ((begin + step) % usable));
    if (!isTaken(address)) return address;
  }
  return undefined;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}
