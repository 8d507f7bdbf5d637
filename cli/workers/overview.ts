import { Gauge, Registry } from 'prom-client';
import {
  inTime,
  type OperatorPagesOptions,
  operatorPages,
  type Readiness,
  STORE_DEADLINE_MS,
  sumOfFigures,
} from '../../server/operator/index.ts';
import type { Crew } from './crew.ts';
import type { Report } from './messages.ts';

/** A worker gives its store that long; one that takes longer to say so is not heard. */
const REPORT_DEADLINE_MS = STORE_DEADLINE_MS + 500;

/** The operator's pages of a crew: what its workers counted, added up; ready while any of them is. */
export function overviewOf(crew: Crew): ReturnType<typeof operatorPages> {
  return operatorPages({ metrics: crewMetrics(crew), readiness: () => crewReadiness(crew) });
}

async function reports({ members }: Crew): Promise<readonly Report[]> {
  const asked = [...members].map((member) => inTime(member.report(), REPORT_DEADLINE_MS));
  return (await Promise.allSettled(asked)).flatMap((said) => (said.status === 'fulfilled' ? [said.value] : []));
}

async function crewReadiness(crew: Crew): Promise<Readiness> {
  if (crew.isStopping()) return 'closing';
  const said = await reports(crew);
  return said.some(({ readiness }) => readiness === 'ready') ? 'ready' : 'the store does not answer';
}

function crewMetrics(crew: Crew): OperatorPagesOptions['metrics'] {
  const register = new Registry();
  const workers = new Gauge({
    name: 'rigkit_workers',
    help: 'Worker processes that answered this scrape, of those that `--workers` asks for.',
    registers: [register],
  });
  return {
    contentType: register.contentType,
    async scrape() {
      const said = await reports(crew);
      workers.set(said.length);
      return `${await register.metrics()}${await sumOfFigures(said.map(({ figures }) => figures))}`;
    },
  };
}
