import type { Api, Bundle } from './bundle-spec.ts';

const NAMES: Readonly<Partial<Record<Api, string>>> = {
  'control-plane': 'controlPlaneErrors',
  'managed-proxy': 'proxyErrors',
};

/** The source of `generated/error-codes.ts`: the error codes of each API, with their statuses and sentences. */
export function errorCodeModule(bundles: readonly Bundle[]): string {
  const tables = bundles.flatMap(({ api, errorCodes }) => {
    const name = NAMES[api];
    if (name === undefined) return [];
    const rows = Object.entries(errorCodes).map(
      ([code, row]) => `  ${code}: ${JSON.stringify(row, null, 2).replace(/\n/g, '\n  ')},\n`,
    );
    return [`\nexport const ${name} = {\n${rows.join('')}} as const satisfies Readonly<Record<string, ErrorCode>>;\n`];
  });
  return `${HEAD}${tables.join('')}`;
}

const HEAD = `
/** An error that the platform answers by itself. */
export interface ErrorCode {
  readonly status: number;
  /** What a person is told, unless a case is said better. */
  readonly message: string;
  /** When it is answered. */
  readonly when: string;
}
`;
