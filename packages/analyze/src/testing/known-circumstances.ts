import type { Request } from '../request.ts';
import { callerOf, type JudgedRequest, roleArn } from './iam-simulate.ts';

/** The circumstances of a request that the evaluator cannot derive and has to be given. */
export function knownCircumstances(judged: JudgedRequest): Omit<Request, 'principal' | 'action' | 'key'> {
  const { requester, circumstances, deployed } = judged;
  const { kind, arn } = callerOf(judged);
  const service = kind === 'service';
  const { via, orgId, mfa, mfaAge, tag, sourceArn, requestAlias } = circumstances;
  const created = deployed.created.has(requester);
  return {
    via,
    encryptionContext: circumstances.encryptionContext,
    beyond: 'nothing',
    context: {
      'aws:SourceIp': circumstances.ip,
      'aws:CurrentTime': circumstances.time,
      'kms:GrantOperations': circumstances.grantOperations,
      'kms:RequestAlias': requestAlias !== null && judged.key.aliases.includes(requestAlias) ? requestAlias : null,
      ...((via !== null || service) && { 'kms:GrantIsForAWSResource': circumstances.forResource }),
      ...(via !== null && !service && { 'aws:CalledVia': circumstances.calledVia }),
      ...(service
        ? {
            'aws:SourceArn': sourceArn,
            'aws:SourceAccount': sourceArn === null ? null : '111122223333',
            'aws:MultiFactorAuthPresent': null,
            'aws:MultiFactorAuthAge': null,
            'aws:PrincipalArn': null,
            'kms:CallerAccount': null,
            'aws:PrincipalType': null,
          }
        : {
            'aws:PrincipalOrgID': orgId,
            'aws:PrincipalOrgPaths': orgId === null ? null : [`${orgId}/r-ab12/ou-ab12-11111111/`],
            'aws:MultiFactorAuthPresent': mfa,
            'aws:MultiFactorAuthAge': mfa === 'true' ? mfaAge : null,
            ...(!created && kind !== 'root' && { 'aws:PrincipalTag/team': tag }),
            // A session does not include the path of its role.
            ...(kind === 'session' && { 'aws:PrincipalArn': roleArn(arn) }),
          }),
    },
  };
}
