import { type FrontRequest, type FrontResponse, readText, withText } from '../message.ts';
import { both, changing, passing } from '../mutations.ts';
import type { VisibleVariant } from './variant.ts';

/** The part that all ids begin with: nothing of it may stand in a path as it is. */
const PREFIX = 'Box №7/?&=#%+;';

/** Ids are opaque: this platform's have to be encoded wherever they stand in a path. */
export const idVariant: VisibleVariant = {
  how: 'has ids of blanks, slashes, signs and letters of elsewhere',
  lawful: 'An id is an opaque string.',
  ask: 'GET /workspaces',
  shows: (raw) => raw.includes(PREFIX),
  crowd: 1,
  controlPlane: both(changing(outward), passing(inward)),
  told: ({ accounts: { funded, exhausted, other }, ...config }) => ({
    ...config,
    accounts: {
      funded: renamed(funded),
      ...(exhausted && { exhausted: renamed(exhausted) }),
      ...(other && { other: renamed(other) }),
    },
  }),
};

function renamed<Account extends { readonly workspaceId?: string | undefined }>(account: Account): Account {
  const { workspaceId } = account;
  return workspaceId === undefined ? account : { ...account, workspaceId: outwardId(workspaceId) };
}

function outwardId(id: string): string {
  return id.replace(/^ws-/, PREFIX);
}

async function outward(answer: FrontResponse): Promise<FrontResponse> {
  const text = await readText(answer);
  return withText(
    answer,
    text.replaceAll(/"ws-\w+"/g, (quoted) => `"${outwardId(quoted.slice(1, -1))}"`),
  );
}

function inward(sent: FrontRequest): FrontRequest {
  const path = sent.path.replaceAll(encodeURIComponent(PREFIX), 'ws-');
  return { ...sent, path, body: Buffer.from(sent.body.toString().replaceAll(PREFIX, 'ws-')) };
}
