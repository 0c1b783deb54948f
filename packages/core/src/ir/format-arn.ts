import { concat, type Expression, literal, type PlaceExpressions } from './expression.ts';

/** `arn:<partition>:<service>:<region>:<account>:<resource>`. Without `region`, and for IAM, the ARN has no region. */
export function formatArn(
  place: Pick<PlaceExpressions, 'partition' | 'account'> & Partial<Pick<PlaceExpressions, 'region'>>,
  service: string,
  resource: Expression,
): Expression {
  const { partition, account, region = literal('') } = place;
  return concat(
    literal('arn:'),
    partition,
    literal(`:${service}:`),
    service === 'iam' ? literal('') : region,
    literal(':'),
    account,
    literal(':'),
    resource,
  );
}
