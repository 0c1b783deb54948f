import { concat, type Expression, literal } from './expression.ts';

/** The ARN by which a policy names a whole account. */
export function accountRoot({
  partition,
  account,
}: {
  readonly partition: Expression;
  readonly account: Expression;
}): Expression {
  return concat(literal('arn:'), partition, literal(':iam::'), account, literal(':root'));
}
