import { describe, expect, it } from 'vitest';
import { createScrubber } from './scrub.ts';

const scrubber = createScrubber('sk/secret+42');

describe('a secret in bytes', () => {
  it.each([
    ['as it is', '{"a":"sk/secret+42"}', '{"a":"************"}'],
    ['as URLs write it', '?key=sk%2Fsecret%2B42&x=1', '?key=****************&x=1'],
    ['in base64', Buffer.from('sk/secret+42').toString('base64'), '****************'],
    ['twice', 'sk/secret+42sk/secret+42', '************************'],
  ])('%s is masked, and nothing else', (_case, text, want) => {
    expect(scrubber.scrub(Buffer.from(text)).toString()).toBe(want);
    expect(scrubber.carries(text)).toBe(true);
  });

  it.each([
    ['in base64, behind a name', btoa('x:sk/secret+42'), 'eDpz'],
    ['in base64, behind and before others', btoa('xsk/secret+42yz'), 'eHNr'],
    ['in the base64 of URLs', Buffer.from('ab>sk/secret+42').toString('base64url'), 'YWI-c2s'],
    ['in hexadecimal', Buffer.from('sk/secret+42').toString('hex'), '736b'],
    ['in upper case hexadecimal', Buffer.from('sk/secret+42').toString('hex').toUpperCase(), '736B'],
    ['with escaped slashes', '"sk\\/secret+42"', 'secret'],
    ['with more escapes than JSON needs', '"sk\\u002fsecret\\u002B42"'.toLowerCase(), 'secret'],
  ])('%s leaves nothing of it to read', (_case, text, start) => {
    expect(text).toContain(start.slice(0, 4));
    const clean = scrubber.scrub(Buffer.from(text)).toString();
    expect(clean).toHaveLength(text.length);
    expect(clean).toMatch(/\*{12}/);
    expect(clean.replaceAll('*', '').replace(/^"?|"?$/g, '').length).toBeLessThanOrEqual(6);
    expect(scrubber.carries(text)).toBe(true);
  });

  it('that is not there leaves the very same bytes', () => {
    const bytes = Buffer.from('nothing of the kind');
    expect(scrubber.scrub(bytes)).toBe(bytes);
    expect(scrubber.carries('nothing of the kind')).toBe(false);
  });

  it('is masked in a copy', () => {
    const bytes = Buffer.from('sk/secret+42');
    scrubber.scrub(bytes);
    expect(bytes.toString()).toBe('sk/secret+42');
  });
});
