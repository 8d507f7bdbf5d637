import type { ApiDocument } from './document.ts';
import type { Route } from './routes.ts';
import { answerEngine, type Engine, requestEngine } from './schema-engine.ts';
import type { Violation } from './violations.ts';

/** A request as the contract sees it: what came over the wire has been read and normalised before. */
export interface ContractRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** JSON text; undefined where there is no body. */
  readonly bodyText: string | undefined;
}

export interface CheckedRequest {
  readonly violations: readonly Violation[];
  /** The query in the types of the contract, with its defaults. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** Holds requests, and where asked answers, against the schemas of one contract. */
export interface ContractValidator {
  request(route: Route, request: ContractRequest): Promise<CheckedRequest>;
  /** What the answer breaks: an undocumented status, a missing or write-only field, a wrong type. */
  answer(route: Route, answer: { readonly status: number; readonly body: unknown }): Promise<readonly Violation[]>;
}

/**
 * Compiles the contract. Rejects on a faulty document: what requests are held against is compiled here, and not by the
 * first request that happens to need it. Without `answers`, answers are taken as they are: holding them against the
 * contract is for tests and development, and its schemas are compiled as they are needed.
 */
export async function createContractValidator(
  document: ApiDocument,
  routes: readonly Route[],
  options: { readonly answers: boolean },
): Promise<ContractValidator> {
  const requestEngineOf = perResource(routes, (templates) => requestEngine(document, templates));
  const answerEngineOf = perResource(routes, (templates) => answerEngine(document, templates));
  const validator: ContractValidator = {
    async request(route, { params, query, bodyText }) {
      // The engine writes defaults and coerced values into what it is given: the query wants that, the body must not.
      const copy = { ...query };
      const body = bodyText === undefined ? undefined : JSON.parse(bodyText);
      const violations = await requestEngineOf(route)({ route, params, query: copy, body });
      return { violations, query: copy };
    },
    async answer(route, answer) {
      if (!options.answers) return [];
      return answerEngineOf(route)({ route, params: {}, query: {}, body: undefined }, answer);
    },
  };
  for (const route of routes) {
    await validator.request(route, { params: {}, query: {}, bodyText: route.body === 'none' ? undefined : '{}' });
  }
  return validator;
}

/** One engine for each resource, made when it is first needed: an engine tries its paths one after the other. */
function perResource(
  routes: readonly Route[],
  make: (templates: readonly string[]) => Engine,
): (route: Route) => Engine {
  const templates = Map.groupBy(new Set(routes.map((route) => route.template)), resourceOf);
  const engines = new Map<string, Engine>();
  return ({ template }) => {
    const resource = resourceOf(template);
    const engine = engines.get(resource) ?? make(templates.get(resource) ?? []);
    engines.set(resource, engine);
    return engine;
  };
}

function resourceOf(template: string): string {
  return template.split('/')[1] ?? '';
}
