import type * as Dispatching from '../../../../server/proxy/upstream.ts';
import { type Build, withSwap } from '../build.ts';

type Dispatch = Dispatching.Dispatch;
type Opened = Dispatching.Opened;

/** A build that makes something else of how dispatches turn out. */
function judging(name: string, judge: (opened: Opened, again: () => Dispatch) => Opened | Promise<Opened>): Build {
  return withSwap<typeof Dispatching>(name, 'server/proxy/upstream.ts', (real) => ({
    dispatch(agent, request) {
      const again = () => real.dispatch(agent, request);
      const first = again();
      return { ...first, opened: first.opened.then((opened) => judge(opened, again)) };
    },
  }));
}

export const takesLossForRefusal: Build = judging('takes a lost answer for a call that was never sent', (opened) =>
  opened.kind === 'lost' ? { ...opened, kind: 'not_dispatched' } : opened,
);

export const takesRefusalForLoss: Build = judging('takes a call that was never sent for a lost answer', (opened) =>
  opened.kind === 'not_dispatched' ? { kind: 'lost', reason: 'connection' } : opened,
);

export const takesTimeoutForRefusal: Build = judging('takes a timeout for a call that was never sent', (opened) =>
  opened.kind === 'lost' && opened.reason === 'timeout' ? { ...opened, kind: 'not_dispatched' } : opened,
);

/** The provider may have done the work already: it does it twice, and bills it twice. */
export const triesAgainAfterLoss: Build = judging('tries again when an answer is lost', (opened, again) =>
  opened.kind === 'lost' ? again().opened : opened,
);

export const triesAgainAfterError: Build = judging(
  'tries again when the provider answers with a 5xx',
  (opened, again) => (opened.kind === 'opened' && opened.status >= 500 ? again().opened : opened),
);
