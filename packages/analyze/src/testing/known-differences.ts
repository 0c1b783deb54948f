/**
 * The known differences between the evaluator and `@cloud-copilot/iam-simulate` 0.1.173, each with its reason and the row of the table of
 * decisions that says what AWS documents. Each difference can be neutralised: if it was the reason for a disagreement, the evaluator and
 * the judge then give the same answer.
 */

import type { Statement } from '@keywright/core/ir/policy';
import type { Program, Resource } from '@keywright/core/ir/program';
import { worksAcrossAccounts } from '../facts/actions.ts';
import type { Row } from './decision-table.ts';
import { callerOf, type JudgedRequest, type JudgeOptions } from './iam-simulate.ts';

/** The parts of a statement that are compared, whether it comes from the IR or from a policy document. */
interface ComparedStatement {
  readonly notPrincipals?: unknown;
  readonly conditions: readonly { readonly operator: string; readonly values: readonly unknown[] }[];
}

export interface KnownDifference {
  readonly name: string;
  readonly reason: string;
  /** Whether a row of the table of decisions shows this difference. The answers to such a row may still agree. */
  inRow(row: Row): boolean;
  /** Whether this difference can explain different answers to a request; absent if it does not occur in random requests. */
  readonly applies?: (request: JudgedRequest) => boolean;
  readonly judge?: JudgeOptions;
  /** Statements to remove from the program before the evaluator and the judge are asked. */
  readonly without?: (statement: ComparedStatement) => boolean;
  /** Whether to remove KMS grants. */
  readonly withoutGrants?: boolean;
}

const hasVariable = ({ conditions }: ComparedStatement) =>
  conditions.some(({ values }) => values.some((value) => JSON.stringify(value).includes('${')));

export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'the encryption context',
    inRow: ({ key = [] }) => /kms:EncryptionContext:/i.test(JSON.stringify(key)),
    reason:
      'runSimulation drops every kms:EncryptionContext:… from a request as an unknown condition key, so an Allow with one never applies and a Deny with one is ignored.',
    applies: ({ key, deployed }) =>
      /kms:EncryptionContext:/i.test(JSON.stringify([key.policy, ...deployed.identityPolicies.values()])),
    judge: { keepsContext: true },
  },
  {
    name: 'the root user',
    inRow: ({ request }) => request.principal.endsWith('root'),
    reason: 'It requires an identity policy for a root user, which cannot have one and does not need one.',
    applies: (request) => callerOf(request).kind === 'root',
    judge: { identity: 'everything' },
  },
  {
    name: 'NotPrincipal',
    inRow: ({ key = [] }) => key.some(({ NotPrincipal }) => NotPrincipal !== undefined),
    reason:
      'It takes an account in NotPrincipal to exempt everyone in it, and a role to exempt its sessions; AWS documents that the first exempts the root user alone and that the second may not.',
    applies: ({ key }) => key.policy.Statement.some((statement) => 'NotPrincipal' in statement),
    without: ({ notPrincipals }) => notPrincipals !== undefined,
  },
  {
    name: 'a variable without a value',
    inRow: ({ rule }) => rule.startsWith('A negated operator holds against a variable without a value'),
    reason: 'It takes a negated operator whose policy variable has no value as false; AWS documents that it holds.',
    applies: ({ key, deployed }) => JSON.stringify([key.policy, ...deployed.identityPolicies.values()]).includes('${'),
    without: hasVariable,
  },
  {
    name: 'IfExists after ForAnyValue',
    inRow: ({ rule }) => rule.startsWith('IfExists after ForAnyValue'),
    reason: 'It ignores IfExists after ForAnyValue; AWS documents it for every operator but Null.',
    applies: ({ key, deployed }) =>
      /ForAnyValue:\w+IfExists/.test(JSON.stringify([key.policy, ...deployed.identityPolicies.values()])),
    without: ({ conditions }) => conditions.some(({ operator }) => /ForAnyValue:\w+IfExists/.test(operator)),
  },
  {
    name: 'KMS grants',
    inRow: ({ grants = [] }) => grants.length > 0,
    reason: 'It does not support KMS grants.',
    applies: ({ key }) => key.grants.length > 0,
    withoutGrants: true,
  },
  {
    name: 'operations across accounts',
    inRow: ({ rule }) => rule.endsWith('does not work across accounts, whatever both sides allow.'),
    reason: 'It does not know that KMS refuses most operations to principals of other accounts.',
    applies: (request) => {
      const { account } = callerOf(request);
      return account !== undefined && account !== request.key.account && !worksAcrossAccounts(request.operation);
    },
    judge: { identity: 'denies' },
  },
  {
    name: 'retiring grants',
    inRow: ({ request }) => request.action === 'RetireGrant',
    reason: 'It does not know that policies do not let anyone retire a grant.',
    applies: ({ operation }) => operation === 'RetireGrant',
    judge: { identity: 'denies', keyPolicy: 'denies' },
    withoutGrants: true,
  },
  {
    name: 'services of China',
    inRow: ({ request }) => request.principal.endsWith('.amazonaws.com.cn'),
    reason: 'It recognises a host as a service only if it ends in amazonaws.com.',
    applies: (request) => callerOf(request).arn.endsWith('.amazonaws.com.cn'),
    judge: { hostsAsElsewhere: true },
  },
  {
    name: 'variables in ARNs',
    inRow: ({ rule }) => rule === 'A variable works with ARN operators.',
    reason: 'It splits an ARN at its colons before replacing its variables, which have colons too.',
  },
  {
    name: 'deprecated condition keys',
    inRow: ({ rule }) => rule.startsWith('kms:CustomerMasterKey'),
    reason: 'runSimulation drops kms:CustomerMasterKeySpec and kms:CustomerMasterKeyUsage, which KMS still supports.',
  },
  {
    name: 'dates in seconds',
    inRow: ({ rule }) =>
      rule.startsWith('A date can be written in seconds') || rule.startsWith('DateEquals holds for the same time'),
    reason: 'It compares a date in seconds since 1970 with milliseconds if the other one is written as ISO 8601.',
  },
  {
    name: 'the range of every address',
    inRow: ({ key = [] }) => JSON.stringify(key).includes('/0"'),
    reason: 'A shift by 32 bits does nothing in JavaScript, so 0.0.0.0/0 contains one address only.',
  },
  {
    name: 'empty sets',
    inRow: ({ rule }) => rule.endsWith('for an empty string, which is an empty set.'),
    reason: 'It counts an empty string as a value of a set; AWS documents it as an empty set.',
  },
  {
    name: 'identity providers',
    inRow: ({ key = [] }) => JSON.stringify(key).includes('"Federated"'),
    reason: 'A role session does not match the identity provider that it came from.',
  },
];

/** The program without the statements and KMS grants that these differences exclude. */
export function stripped(program: Program, differences: readonly KnownDifference[]): Program {
  const isOut = (statement: Statement) => differences.some(({ without }) => without?.(statement) === true);
  const keep = (statements: readonly Statement[]) => statements.filter((statement) => !isOut(statement));
  const grants = differences.some(({ withoutGrants }) => withoutGrants === true);
  return {
    ...program,
    stacks: program.stacks.map((stack) => ({
      ...stack,
      resources: stack.resources.flatMap((resource): readonly Resource[] => {
        if (resource.kind === 'kmsGrant' && grants) return [];
        if (resource.kind === 'key' || resource.kind === 'replicaKey') {
          return [{ ...resource, policy: { statements: keep(resource.policy.statements) } }];
        }
        if (resource.kind === 'identityPolicy') {
          return [{ ...resource, document: { statements: keep(resource.document.statements) } }];
        }
        return [resource];
      }),
    })),
  };
}
