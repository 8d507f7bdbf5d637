import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPicture, readSoundTokens } from './media.ts';

type Size = readonly [width: number, height: number];

function bytes(length: number, write: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(length);
  write(buffer);
  return buffer;
}

/** The head of a picture of that size, in each format that providers take. */
const HEADS: Readonly<Record<string, (size: Size) => Buffer>> = {
  png: ([width, height]) =>
    bytes(33, (head) => {
      head.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
      head.writeUInt32BE(width, 16);
      head.writeUInt32BE(height, 20);
    }),
  gif: ([width, height]) =>
    bytes(40, (head) => {
      head.write('GIF89a\x01\0\x01\0\x80\0\0', 'latin1');
      // A comment comes before the frame, which is larger than the screen.
      head.write('\x21\xfe\x02hi\0\x2c', 19, 'latin1');
      head.writeUInt16LE(width, 30);
      head.writeUInt16LE(height, 32);
    }),
  jpeg: ([width, height]) => {
    const preview = bytes(40_000, (segment) => {
      segment.write('\xff\xd8\xff\xe1', 'latin1');
      segment.writeUInt16BE(39_996, 4);
    });
    const frame = bytes(12, (segment) => {
      segment.write('\xff\xff\xc2\0\x11\x08', 'latin1');
      segment.writeUInt16BE(height, 6);
      segment.writeUInt16BE(width, 8);
    });
    return Buffer.concat([preview, frame]);
  },
  'lossy webp': ([width, height]) =>
    bytes(40, (head) => {
      head.write('RIFF\0\0\0\0WEBPVP8 ', 'latin1');
      head.writeUInt16LE(width, 26);
      head.writeUInt16LE(height, 28);
    }),
  'lossless webp': ([width, height]) =>
    bytes(40, (head) => {
      head.write('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f', 'latin1');
      head.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
    }),
  'extended webp': ([width, height]) =>
    bytes(40, (head) => {
      head.write('RIFF\0\0\0\0WEBPVP8X', 'latin1');
      head.writeUIntLE(width - 1, 24, 3);
      head.writeUIntLE(height - 1, 27, 3);
    }),
};

describe('the size of a picture', () => {
  it.each(Object.entries(HEADS))('is read from the head of a %s', (_format, head) => {
    const side = fc.integer({ min: 1, max: 16_383 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const base64 = head([width, height]).toString('base64');
        expect(readPicture(base64)).toEqual({ kind: 'sized', width, height });
        // A head that is cut off anywhere never says less.
        const cut = readPicture(base64.slice(0, (width * height) % base64.length));
        expect(cut.kind === 'unreadable' || (cut.kind === 'sized' && cut.width >= width)).toBe(true);
      }),
      { seed: 12, numRuns: 60 },
    );
  });

  it.each([
    ['nothing', ''],
    ['another format', Buffer.from('II*\0 a TIFF that is long enough to have a head').toString('base64')],
    ['a PNG without a size', HEADS.png?.([0, 7]).toString('base64') ?? ''],
    ['a JPEG that never says', Buffer.from('ffd8ffd9ffd9ffd9ffd9', 'hex').toString('base64')],
  ])('is unknown for %s', (_case, base64) => {
    expect(readPicture(base64)).toEqual({ kind: 'unreadable' });
  });

  it('is whatever it is for any bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(HEADS)), fc.uint8Array({ maxLength: 64 }), (head, noise) => {
        const start = head([3, 4]).subarray(0, 14);
        expect(readPicture(Buffer.concat([start, noise]).toString('base64')).kind).toMatch(/sized|unreadable/);
      }),
      { seed: 12 },
    );
  });
});

describe('the tokens of sound', () => {
  const wav = (format: number, rate: number, stated: number) =>
    bytes(44 + 32_000, (file) => {
      file.write('RIFF\0\0\0\0WAVEfmt \x10\0\0\0', 'latin1');
      file.writeUInt16LE(format, 20);
      file.writeUInt16LE(1, 22);
      file.writeUInt32LE(rate, 24);
      file.writeUInt32LE(stated, 28);
      file.writeUInt16LE(16, 34);
    }).toString('base64');
  const mp3 = (...start: readonly number[]) =>
    Buffer.concat([Buffer.from(start), Buffer.alloc(20_000)]).toString('base64');

  it.each([
    ['plain samples: 2 seconds, and one more', wav(1, 8_000, 16_000), 97],
    ['samples whose stated rate is too high', wav(1, 8_000, 9e8), 97],
    ['compressed samples', wav(0x55, 8_000, 16_000), Number.POSITIVE_INFINITY],
    ['samples that never end', wav(1, 0, 0), Number.POSITIVE_INFINITY],
    ['MP3, at its lowest rate', mp3(0xff, 0xfb, 0x90, 0), 673],
    ['MP3 behind a tag', mp3(...Buffer.from('ID3\x04\0\0\0\0\0\x02'), 9, 9, 0xff, 0xfb, 0x90, 0), 673],
    ['MP3 of a free rate', mp3(0xff, 0xfb, 0x00, 0), Number.POSITIVE_INFINITY],
    ['AAC', mp3(0xff, 0xf1, 0x90, 0), Number.POSITIVE_INFINITY],
    ['a tag before something else', mp3(...Buffer.from('ID3\x04\0\0\0\0\0\0fLaC')), Number.POSITIVE_INFINITY],
    ['nothing', '', Number.POSITIVE_INFINITY],
  ])('of %s', (_case, base64, want) => {
    expect(readSoundTokens(base64)).toBe(want);
  });
});
