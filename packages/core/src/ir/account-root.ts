import { type Expression, literal, type PlaceExpressions } from './expression.ts';
import { formatArn } from './format-arn.ts';

/** The ARN by which a policy names a whole account. */
export function accountRoot({ partition, account }: Pick<PlaceExpressions, 'partition' | 'account'>): Expression {
  return formatArn({ partition, account }, 'iam', literal('root'));
}
