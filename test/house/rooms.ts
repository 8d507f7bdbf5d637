/**
 * The house rules: which room may import which. A room is a folder; the longest matching path names a file's room.
 * `files: 'own'` says that only files directly in the folder belong to it.
 */
export interface Room {
  readonly path: string;
  readonly mayImport: readonly string[] | 'anything';
}

const SERVER = [
  'server/database',
  'server/http',
  'server/ledger',
  'server/money',
  'server/operator',
  'server/proxy',
  'server/proxy/apis',
  'server/proxy/charges',
  'server/resources',
  'server/vault',
];

const SUITE = [
  'conformance/http',
  'conformance/platform',
  'conformance/checks',
  'conformance/run',
  'conformance/report',
];

export const rooms: readonly Room[] = [
  { path: 'spec', mayImport: [] },
  { path: 'generated', mayImport: [] },
  // What can be read of the contract without a rule or a state. The suite stays independent of the server with it.
  { path: 'contract', mayImport: ['generated'] },
  { path: 'client', mayImport: ['generated', 'contract'] },
  { path: 'server', mayImport: [...SERVER, 'contract', 'generated'] },
  { path: 'server/database', mayImport: [] },
  { path: 'server/money', mayImport: [] },
  { path: 'server/vault', mayImport: [] },
  { path: 'server/ledger', mayImport: ['server/database', 'server/money'] },
  { path: 'server/http', mayImport: ['contract', 'generated'] },
  {
    path: 'server/resources',
    mayImport: [
      'server/database',
      'server/http',
      'server/ledger',
      'server/money',
      'server/vault',
      'contract',
      'generated',
    ],
  },
  { path: 'server/operator', mayImport: ['server/ledger', 'server/money'] },
  {
    path: 'server/proxy',
    mayImport: ['server/ledger', 'server/money', 'server/proxy/apis', 'server/proxy/charges', 'contract', 'generated'],
  },
  { path: 'server/proxy/apis', mayImport: ['server/money', 'server/proxy/charges', 'contract'] },
  { path: 'server/proxy/charges', mayImport: ['server/money', 'contract'] },
  { path: 'mocks', mayImport: ['mocks/prism', 'mocks/providers', 'mocks/msw'] },
  // Pure: which response a request gets. The mock server and the browser handlers share it.
  { path: 'mocks/responses', mayImport: ['contract', 'generated'] },
  { path: 'mocks/prism', mayImport: ['mocks/responses', 'contract', 'generated'] },
  { path: 'mocks/providers', mayImport: ['contract', 'generated'] },
  { path: 'mocks/msw', mayImport: ['mocks/responses', 'contract', 'generated'] },
  // The suite's floors, each over the one before: requests, the platform under test, what is asked, the run, its report.
  { path: 'conformance/http', mayImport: ['contract'] },
  { path: 'conformance/platform', mayImport: [...SUITE.slice(0, 1), 'contract', 'generated', 'mocks/providers'] },
  { path: 'conformance/checks', mayImport: [...SUITE.slice(0, 2), 'contract', 'generated', 'mocks/providers'] },
  { path: 'conformance/run', mayImport: [...SUITE.slice(0, 3), 'contract', 'generated'] },
  { path: 'conformance/report', mayImport: [...SUITE.slice(0, 4), 'contract', 'generated'] },
  { path: 'conformance/vitest', mayImport: [...SUITE, 'conformance', 'contract', 'generated'] },
  { path: 'conformance', mayImport: [...SUITE, 'contract', 'generated'] },
  { path: 'dashboard', mayImport: ['client'] },
  { path: 'cli', mayImport: 'anything' },
  { path: 'scripts', mayImport: 'anything' },
  { path: 'test', mayImport: 'anything' },
  { path: 'bench', mayImport: 'anything' },
  { path: 'examples', mayImport: 'anything' },
];

/** Packages that users may do without, by the folder that needs them. */
export const optionalParts: Readonly<Record<string, string>> = {
  '@stoplight/prism-core': 'mocks/prism/',
  '@stoplight/prism-http': 'mocks/prism/',
  msw: 'mocks/msw/',
  vitest: 'conformance/vitest/',
};

export function findRoom(file: string): Room | undefined {
  return rooms
    .filter((room) => file.startsWith(`${room.path}/`))
    .sort((a, b) => b.path.length - a.path.length)
    .at(0);
}

/** The sentence that says what is wrong with an import, or undefined when the house allows it. */
export function objection(from: string, to: string): string | undefined {
  const source = findRoom(from);
  const target = findRoom(to);
  if (source === undefined) return `${from} stands in no room`;
  if (target === undefined) return `${from} imports ${to}, which stands in no room`;
  if (source === target || source.mayImport === 'anything') return undefined;
  if (source.mayImport.includes(target.path)) return undefined;
  return `${source.path} may not import ${target.path}: ${from} -> ${to}`;
}
