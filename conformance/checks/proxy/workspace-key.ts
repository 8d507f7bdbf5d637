import { type Check, check } from '../../runner/check.ts';
import { NotApplicable } from '../../runner/verdict.ts';
import { wantThat } from '../../runner/want.ts';

/** Contract section 4, Identity: the key that comes with a workspace. */
export const workspaceKeyChecks: readonly Check[] = [
  check('WSP-016', ['proxy'], async (t) => {
    const { workspace, shaped } = await t.ownProxy();
    if (workspace.key === undefined) throw new NotApplicable('the 201 answer carries no workspace_key');
    const answered = await shaped('openai').get('/v1/models');
    wantThat(answered.answer.status !== 401, 'a status other than 401', 'status 401', answered);
  }),
];
