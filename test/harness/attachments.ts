/** A picture as far as providers count it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'webp';
}

/** The head of a picture of that size, which is all that anybody reads of it, as base64. */
export function encodePicture({ width, height, format }: Picture): string {
  return HEADS[format](width, height).toString('base64');
}

const HEADS: Readonly<Record<Picture['format'], (width: number, height: number) => Buffer>> = {
  png(width, height) {
    const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x08\x02\0\0\0', 'latin1');
    head.writeUInt32BE(width, 16);
    head.writeUInt32BE(height, 20);
    return head;
  },
  jpeg(width, height) {
    const head = Buffer.from(
      '\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\0\0\0\x03',
      'latin1',
    );
    head.writeUInt16BE(height, 25);
    head.writeUInt16BE(width, 27);
    return head;
  },
  webp(width, height) {
    const head = Buffer.from('RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1');
    head.writeUIntLE(width - 1, 24, 3);
    head.writeUIntLE(height - 1, 27, 3);
    return head;
  },
};

/** A PDF of that many empty pages, as base64. */
export function encodePdf(pages: number): string {
  const kids = Array.from({ length: pages }, (_, page) => `${page + 3} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages}/Kids[${kids}]>>`,
    ...Array.from({ length: pages }, () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>'),
  ];
  const bodies = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join('');
  return Buffer.from(`%PDF-1.7\n${bodies}trailer<</Root 1 0 R/Size ${objects.length + 1}>>\n%%EOF`).toString('base64');
}

/** Thoughts of an earlier turn as a provider hands them out: base64 of so many characters. */
export function encryptedThoughts(characters: number): string {
  return Buffer.alloc(Math.ceil((characters * 3) / 4), 'thought')
    .toString('base64')
    .slice(0, characters);
}
