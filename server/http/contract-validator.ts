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
  const asking = routes.filter(({ asksForSomething }) => asksForSomething);
  const requestEngineOf = perGroup(asking, (templates) => requestEngine(document, templates));
  const answerEngineOf = perGroup(routes, (templates) => answerEngine(document, templates));
  const validator: ContractValidator = {
    async request(route, { params, query, bodyText }) {
      if (!route.asksForSomething) return NOTHING_TO_JUDGE;
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

const NOTHING_TO_JUDGE: CheckedRequest = { violations: [], query: {} };

/** An engine tries its paths one after the other, and each engine takes a tenth of a second to compile. */
const MOST_PATHS = 8;

/** Engines for a few neighbouring paths each, made when they are first needed: no request pays for the width of the contract. */
function perGroup(routes: readonly Route[], make: (templates: readonly string[]) => Engine): (route: Route) => Engine {
  const templates = [...new Set(routes.map((route) => route.template))].sort();
  const groups = new Map(templates.map((template, place) => [template, Math.floor(place / MOST_PATHS)]));
  const engines = new Map<number, Engine>();
  return ({ template }) => {
    const group = groups.get(template) ?? 0;
    const engine = engines.get(group) ?? make(templates.slice(group * MOST_PATHS, (group + 1) * MOST_PATHS));
    engines.set(group, engine);
    return engine;
  };
}
