import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * Words that this repository gave up, each for the usual term of the field. They stand in no identifier, file name, comment
 * or document. CONTRIBUTING.md says what to write instead.
 */
const RETIRED: Readonly<Record<string, RegExp>> = {
  'a type named Answer, Exchange or Fault': /\b(interface|type|class) (Answer|Exchange|Fault)\b/,
  'a word of theatre or ship': word(
    'world|rivals?|strangers?|departures?|ground|stages?|crew|parcels?|desk|lanes?|doubt',
  ),
  'cast as a name': /(?<![\w`'])cast(?!\(|\w)|\bcast(?=[A-Z])/,
  'sealedOtherwise, PLACE': /\bsealedOtherwise\b|\bPLACE\b/,
  'a function whose name ends in Of': /\b(function|const) \w+Of\b(?! [^=])/,
  'words that say less than a name would': /\b(whoever|nobody's|is told so|somebody else's)\b/i,
  'a section of the contract by number': /\bcontract section \d/i,
};

/** As a word, or as a part of an identifier in camel case. */
function word(words: string): RegExp {
  const capitalised = words.replace(/(^|\|)(\w)/g, (_, bar, letter) => bar + letter.toUpperCase());
  return new RegExp(
    `\\b(${words})(?![a-z])|(?<=[a-z])(${capitalised})(?![a-z])|\\b(${capitalised}|${words.toUpperCase()})\\b`,
  );
}

/** Old names that are quoted, and words that are data. */
const EXEMPT: Readonly<Record<string, RegExp>> = {
  'CHANGELOG.md': /called a lane/,
  'spec/control-plane/scenarios/missing-key.yaml': /translation-desk/,
};

const FOLDERS =
  '{.github,contract,client,server,mocks,conformance,cli,dashboard,scripts,bench,examples,deploy,docs,spec,test}';
const files = [...globSync(`${FOLDERS}/**/*.{ts,tsx,css,html,yaml,yml,md,sh}`), ...globSync('*.md')]
  .filter((file) => !/node_modules|\/dist\/|^test\/house\/words\.test\.ts$/.test(file))
  .sort();

describe.each(Object.entries(RETIRED))('%s', (_name, retired) => {
  it('stands nowhere', () => {
    const found = files.flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines
        .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
        .filter(({ line }) => retired.test(line) && !EXEMPT[file]?.test(line))
        .map(({ line, place }) => `${place} ${line.trim()}`);
    });
    expect(found).toEqual([]);
  });

  it('is in no file name', () => {
    expect(files.filter((file) => file.split('/').some((part) => retired.test(part)))).toEqual([]);
  });
});
