import { randomBytes } from 'node:crypto';

export const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Text of `length` symbols of the alphabet (at most 256), every one equally likely. */
export function randomText(alphabet: string, length: number): string {
  // Bytes past the last whole round of the alphabet would favour its first symbols.
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length)) {
      if (byte < fair) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
