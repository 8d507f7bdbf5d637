/** What pictures and sound in a request say about their size. Nothing is decoded but their heads. */
import type { Picture } from '../../money/picture-tokens.ts';

/** Cameras put previews and colour tables before the size of a JPEG. */
const HEAD_BYTES = 256 * 1024;

/** The size of a picture that stands in a request as base64. */
export function readPicture(base64: string): Picture {
  const head = decodeHead(base64, HEAD_BYTES);
  const size = pngSize(head) ?? gifSize(head) ?? webpSize(head) ?? jpegSize(head);
  if (size === undefined || size[0] === 0 || size[1] === 0) return { kind: 'unreadable' };
  return { kind: 'sized', width: size[0], height: size[1] };
}

type Size = readonly [width: number, height: number];

function decodeHead(base64: string, bytes: number): Buffer {
  return Buffer.from(base64.slice(0, Math.ceil(bytes / 3) * 4), 'base64');
}

function startsWith(head: Buffer, magic: string, at = 0): boolean {
  return head.toString('latin1', at, at + magic.length) === magic;
}

function pngSize(head: Buffer): Size | undefined {
  if (!startsWith(head, '\x89PNG\r\n\x1a\n') || !startsWith(head, 'IHDR', 12) || head.length < 24) return undefined;
  return [head.readUInt32BE(16), head.readUInt32BE(20)];
}

/** A frame may be larger than the screen that the file announces: decoders then enlarge the picture. */
function gifSize(head: Buffer): Size | undefined {
  if (!/^GIF8[79]a/.test(head.toString('latin1', 0, 6)) || head.length < 13) return undefined;
  const flags = head.readUInt8(10);
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  while (head[at] === 0x21) {
    at += 2;
    while (head[at]) at += 1 + head.readUInt8(at);
    at += 1;
  }
  if (head[at] !== 0x2c || head.length < at + 9) return undefined;
  const [left, top, width, height] = [1, 3, 5, 7].map((offset) => head.readUInt16LE(at + offset)) as Four;
  return [Math.max(head.readUInt16LE(6), left + width), Math.max(head.readUInt16LE(8), top + height)];
}
type Four = [number, number, number, number];

function webpSize(head: Buffer): Size | undefined {
  if (!startsWith(head, 'RIFF') || !startsWith(head, 'WEBP', 8) || head.length < 30) return undefined;
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return [head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
}

/** From marker to marker up to the first frame: its size is the picture's. */
function jpegSize(head: Buffer): Size | undefined {
  if (!startsWith(head, '\xff\xd8')) return undefined;
  let at = 2;
  while (at + 9 <= head.length) {
    const marker = head.readUInt16BE(at);
    if (marker === 0xffff) at += 1;
    else if (marker < 0xffc0 || marker === 0xffd9 || marker === 0xffda) return undefined;
    else if (isFrame(marker)) return [head.readUInt16BE(at + 7), head.readUInt16BE(at + 5)];
    else at += 2 + head.readUInt16BE(at + 2);
  }
  return undefined;
}

function isFrame(marker: number): boolean {
  return marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
}

/** Gemini counts 32 tokens for a second of sound, OpenAI 10: https://ai.google.dev/gemini-api/docs/audio. */
const TOKENS_PER_SECOND = 32;
/** The lowest bit rate of MPEG layer III is 8 kbit/s. */
const LEAST_MP3_BYTES_PER_SECOND = 1_000;

/**
 * Most tokens of sound that stands in a request as base64, by its length in seconds. Infinity where its bytes do not bound
 * that: silence takes next to nothing in other formats than plain WAV and MP3.
 */
export function readSoundTokens(base64: string): number {
  const head = decodeHead(base64, HEAD_BYTES);
  const bytesPerSecond = wavBytesPerSecond(head) ?? (isMp3(head) ? LEAST_MP3_BYTES_PER_SECOND : undefined);
  if (bytesPerSecond === undefined || bytesPerSecond === 0) return Number.POSITIVE_INFINITY;
  return Math.ceil(((base64.length * 3) / 4 / bytesPerSecond + 1) * TOKENS_PER_SECOND);
}

const WAV_FORMAT_AT = 12;
/** Plain samples, as whole numbers or as floating point. Others are compressed. */
const PLAIN_FORMATS = [1, 3];

function wavBytesPerSecond(head: Buffer): number | undefined {
  if (!startsWith(head, 'RIFF') || !startsWith(head, 'WAVEfmt ', 8) || head.length < WAV_FORMAT_AT + 24)
    return undefined;
  const format = head.subarray(WAV_FORMAT_AT + 8);
  if (!PLAIN_FORMATS.includes(format.readUInt16LE(0))) return undefined;
  const [channels, rate, stated, bits] = [
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt32LE(8),
    format.readUInt16LE(14),
  ];
  return Math.min(stated, Math.floor((channels * rate * bits) / 8));
}

function isMp3(head: Buffer): boolean {
  const at = startsWith(head, 'ID3') && head.length >= 10 ? 10 + syncsafe(head) : 0;
  if (head.length < at + 4) return false;
  const [sync, rates] = [head.readUInt16BE(at), head.readUInt8(at + 2)];
  const isLayer3 = (sync & 0xffe0) === 0xffe0 && (sync & 0x0006) === 0x0002;
  const [isFreeFormat, isInvalid] = [rates >> 4 === 0, rates >> 4 === 15];
  return isLayer3 && !isFreeFormat && !isInvalid;
}

/** The length of an ID3 tag: seven bits in each byte. */
function syncsafe(head: Buffer): number {
  return [6, 7, 8, 9].reduce((length, at) => length * 128 + (head.readUInt8(at) & 0x7f), 0);
}
