import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAddress, parseAddressPool } from './address-pool.ts';

function pool(cidr: string) {
  const parsed = parseAddressPool(cidr);
  if (parsed === undefined) throw new Error(`not a pool: ${cidr}`);
  return parsed;
}
const none = () => false;

describe('an address pool', () => {
  it.each([
    ['10.77.0.0/16', 65_536],
    ['172.16.0.0/12', 1_048_576],
    ['255.255.255.248/29', 8],
  ])('is read from %s', (cidr, size) => {
    expect(pool(cidr).size).toBe(size);
  });

  it.each([
    ['nothing', ''],
    ['no prefix', '10.77.0.0'],
    ['bits behind the prefix', '10.77.0.1/16'],
    ['an octet above 255', '10.256.0.0/16'],
    ['an octet that could be octal', '010.77.0.0/16'],
    ['a whole internet', '0.0.0.0/0'],
    ['no room', '10.77.0.0/30'],
    ['IPv6', 'fd00::/64'],
    ['more behind it', '10.77.0.0/16 '],
  ])('is refused with %s', (_, cidr) => {
    expect(parseAddressPool(cidr)).toBeUndefined();
  });

  it('keeps the network, its gateway and its broadcast address to itself', () => {
    const given: string[] = [];
    for (;;) {
      const address = nextAddress(pool('10.0.0.248/29'), given.at(-1) ?? null, (taken) => given.includes(taken));
      if (address === undefined) break;
      given.push(address);
    }
    expect(given).toEqual(['10.0.0.250', '10.0.0.251', '10.0.0.252', '10.0.0.253', '10.0.0.254']);
  });

  it.each([
    ['goes on behind the last one, over the edge of an octet', '10.77.0.255', '10.77.1.0'],
    ['begins again at the end', '10.77.255.254', '10.77.0.2'],
    ['begins at its beginning', null, '10.77.0.2'],
    ['begins at its beginning behind an address of another network', '10.78.0.9', '10.77.0.2'],
    ['begins at its beginning behind an address of a lower network', '10.76.0.9', '10.77.0.2'],
  ])('%s', (_, last, next) => {
    expect(nextAddress(pool('10.77.0.0/16'), last, none)).toBe(next);
  });

  it('never gives out an address that is taken, and none when all are', () => {
    const indexes = fc.uniqueArray(fc.integer({ min: 2, max: 14 }));
    fc.assert(
      fc.property(indexes, fc.option(fc.integer({ min: 0, max: 15 })), (taken, last) => {
        const used = new Set(taken.map((index) => `10.0.0.${index}`));
        const address = nextAddress(pool('10.0.0.0/28'), last === null ? null : `10.0.0.${last}`, (one) =>
          used.has(one),
        );
        if (used.size === 13) expect(address).toBeUndefined();
        else expect(address).toMatch(/^10\.0\.0\.([2-9]|1[0-4])$/);
        expect(used.has(address ?? '')).toBe(false);
      }),
    );
  });
});
