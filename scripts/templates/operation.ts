/** A file that the scaffold writes. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** What is to be filled in. */
  readonly todo: string;
  /** Checks it, and as little else as possible. */
  readonly command: string;
}

/** Text that the scaffold adds to a file that is there, in front of the first place with this text. */
export interface NewLine {
  readonly path: string;
  readonly before: string;
  readonly text: string;
}

/** `getNotice` as the words of a file, a variable and a type. */
function names(operationId: string) {
  const type = operationId.slice('get'.length);
  const variable = type.charAt(0).toLowerCase() + type.slice(1);
  return { type, variable, file: variable.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) };
}

/** The files of a GET operation without ids: its contract, its handler and its check. */
export function operationFiles(operationId: string, path: string, prefix: string): readonly NewFile[] {
  const { type, variable, file } = names(operationId);
  return [
    {
      path: `spec/control-plane/paths/${file}.yaml`,
      todo: 'Summary, description, tag, and what it answers beside 200 and the standard refusals.',
      command: 'npm run lint',
      text: `get:
  operationId: ${operationId}
  summary: TODO a few words
  description: TODO what a caller learns from it.
  tags: [Catalogue]
  responses:
    "200":
      description: TODO what is answered.
      content:
        application/json:
          schema:
            $ref: ../schemas/${file}.yaml#/${type}
          examples:
            one:
              $ref: ../examples/${file}.yaml#/${file}-one
  x-families: [documented-answer]
  x-requirements:
    $ref: ../requirements/${file}.yaml#/${operationId}
`,
    },
    {
      path: `spec/control-plane/schemas/${file}.yaml`,
      todo: 'The fields of the answer, each with a description.',
      command: 'npm run lint',
      text: `${type}:
  type: object
  description: TODO what it is.
  required: [text]
  properties:
    text:
      type: string
      description: TODO the first field.
`,
    },
    {
      path: `spec/control-plane/examples/${file}.yaml`,
      todo: 'What the mocks answer: a named example for each state that a screen shows.',
      command: 'npx vitest run test/http/mocks/walk.test.ts',
      text: `${file}-one:
  summary: TODO which state
  value: { text: TODO }
`,
    },
    {
      path: `spec/control-plane/requirements/${file}.yaml`,
      todo: 'What a platform has to do: MUST for what is documented or protects accounts and keys. A MUST needs a broken platform.',
      command: 'npx vitest run test/spec/requirements.test.ts',
      text: `${operationId}:
  - id: ${prefix}-001
    level: SHOULD
    profile: control-plane
    source: decided
    since: "1.1"
    sentence: GET ${path} answers 200 with a text.
`,
    },
    {
      path: `server/resources/${file}/handlers.ts`,
      todo: 'What this platform answers. Undocumented statuses and bodies do not compile.',
      command: `npm run typecheck && npx vitest run server/resources/${file}`,
      text: `import type { Handlers } from '../operations.ts';

/** \`${path}\`. TODO: what it answers, and from where. */
export function ${variable}Handlers(): Pick<Handlers, '${operationId}'> {
  return { ${operationId}: async () => ({ status: 200, body: { text: 'TODO' } }) };
}
`,
    },
    {
      path: `server/resources/${file}/handlers.test.ts`,
      todo: 'What the handler does, as facts with a condition.',
      command: `npx vitest run server/resources/${file}`,
      text: `import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../fixtures/platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.close());

it('answers the text to every account', async () => {
  const alice = await platform.join();
  expect(await alice.get('${path}')).toMatchObject({ status: 200, body: { text: 'TODO' } });
});
`,
    },
    {
      path: `conformance/checks/control-plane/${file}.ts`,
      todo: 'A check for each requirement: what it sends, and what must hold.',
      command: `npm run conformance -- --only ${prefix}-001 (beside npm start)`,
      text: `import { wantShape, wantStatus } from '../../http/want.ts';
import { type Check, check } from '../check.ts';
import { documented } from '../documented.ts';

/** \`${path}\`. */
export const checks: readonly Check[] = [
  check('${prefix}-001', [], async ({ funded }) => {
    const answered = await funded.get('${path}');
    wantStatus(answered, 200);
    wantShape(answered, documented('${type}'));
  }),
];
`,
    },
  ];
}

export function operationLines(operationId: string, path: string): readonly NewLine[] {
  const { variable, file } = names(operationId);
  return [
    specPath(path, `paths/${file}.yaml`),
    ...handlerLines(variable, file, `${variable}Handlers()`),
    { path: 'conformance/checks/files.ts', before: 'export * as workspaceMode', text: checksLine(variable, file) },
  ];
}

export function specPath(path: string, file: string): NewLine {
  const place = '# Screen states: facts';
  return { path: 'spec/control-plane/openapi.yaml', before: place, text: `  ${path}:\n    $ref: ${file}\n` };
}

export function handlerLines(variable: string, file: string, call: string): readonly NewLine[] {
  const path = 'server/resources/index.ts';
  return [
    {
      path,
      before: 'import { workspacesHandlers }',
      text: `import { ${variable}Handlers } from './${file}/handlers.ts';\n`,
    },
    { path, before: '    ...capacityHandlers(', text: `    ...${call},\n` },
  ];
}

export function checksLine(variable: string, file: string): string {
  return `export * as ${variable} from './control-plane/${file}.ts';\n`;
}
