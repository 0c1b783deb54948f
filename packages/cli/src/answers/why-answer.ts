import type { Explanation } from '@keywright/analyze/decision';
import type { PictureKey } from '@keywright/analyze/picture';
import type { Answer } from '@keywright/analyze/who-can/who-can';
import type { PrincipalInQuestion } from '../questions/principals-named.ts';

export interface PrincipalAnswers {
  readonly principal: PrincipalInQuestion;
  readonly keyName: string;
  readonly key: PictureKey;
  /** Actions that KMS refuses for this key, whatever the policies allow. */
  readonly refused: readonly string[];
  readonly answers: readonly ExplainedAnswer[];
}

export interface ExplainedAnswer {
  readonly answer: Answer;
  readonly explanation: Explanation;
}
