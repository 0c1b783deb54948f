/** Recognises templates of AWS SAM, whose transform creates roles and their policies. */
import { concernsKms } from '@keywright/core/reading/concerns-kms';
import type { SourceValue } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { membersOf } from './members.ts';
import { type Template, transformsOf } from './template.ts';

const transform = 'AWS::Serverless-2016-10-31';

/** Whether AWS SAM creates resources that the template only names, such as the role `OrdersRole` of the function `Orders`. */
export function isServerless({ parsed }: Template): boolean {
  return isMapping(parsed.value) && transformsOf(parsed.value.Transform).includes(transform);
}

export function canHavePolicies(type: string): boolean {
  return type === 'AWS::Serverless::Function' || type === 'AWS::Serverless::StateMachine';
}

/** Whether the `Policies` of a function or state machine allow or deny the use of KMS. Source: AWS SAM, "AWS SAM policy templates". */
export function allowsKms(policies: SourceValue | undefined): boolean {
  const list: readonly SourceValue[] = Array.isArray(policies) ? policies : [policies ?? null];
  return list.some((policy) => {
    const members = membersOf(policy);
    return members.Statement === undefined
      ? Object.keys(members).some((name) => /^KMS(De|En)cryptPolicy$/.test(name))
      : concernsKms(policy);
  });
}
