import { type Expression, literal, type PlaceExpressions } from './expression.ts';
import { formatArn } from './format-arn.ts';

/** The ARN that names a whole account in a policy. */
export function accountRoot({ partition, account }: Pick<PlaceExpressions, 'partition' | 'account'>): Expression {
  return formatArn({ partition, account }, 'iam', literal('root'));
}
