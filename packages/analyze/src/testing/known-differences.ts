/**
 * Where the evaluator and `@cloud-copilot/iam-simulate` 0.1.173 differ, each with the reason and with the row of the table of decisions
 * that says what AWS documents. `change` takes the difference away, so that both answer alike if it was the reason.
 */

import type { Statement } from '@keywright/core/ir/policy';
import type { Program, Resource } from '@keywright/core/ir/program';
import { worksAcrossAccounts } from '../facts/actions.ts';
import type { Row } from './decision-table.ts';
import { type JudgedRequest, type JudgeOptions, whoIs } from './iam-simulate.ts';

/** What is asked of a statement, which may be one of the IR or of a document. */
interface ComparedStatement {
  readonly notPrincipals?: unknown;
  readonly conditions: readonly { readonly operator: string; readonly values: readonly unknown[] }[];
}

export interface KnownDifference {
  readonly name: string;
  readonly reason: string;
  /** Whether a row of the table of decisions is about it. Not every such row need be answered otherwise. */
  inRow(row: Row): boolean;
  /** Whether it can be the reason for a difference in the answers to a request; absent: random requests do not have it. */
  readonly applies?: (request: JudgedRequest) => boolean;
  /** How the judge is asked instead. */
  readonly judge?: JudgeOptions;
  /** Statements that are taken out of the program for both. */
  readonly without?: (statement: ComparedStatement) => boolean;
  /** Whether KMS grants are taken out. */
  readonly withoutGrants?: boolean;
}

const hasVariable = ({ conditions }: ComparedStatement) =>
  conditions.some(({ values }) => values.some((value) => JSON.stringify(value).includes('${')));

export const knownDifferences: readonly KnownDifference[] = [
  {
    name: 'the encryption context',
    inRow: ({ key = [] }) => /kms:EncryptionContext:/i.test(JSON.stringify(key)),
    reason:
      'runSimulation drops every kms:EncryptionContext:… of a request as a condition key that it does not know, so that an Allow with one never applies and a Deny with one is not seen.',
    applies: ({ key, deployed }) =>
      /kms:EncryptionContext:/i.test(JSON.stringify([key.policy, ...deployed.identityPolicies.values()])),
    judge: { keepsContext: true },
  },
  {
    name: 'the root user',
    inRow: ({ request }) => request.principal.endsWith('root'),
    reason: 'A root user is asked for an identity policy, which it cannot have and does not need.',
    applies: (request) => whoIs(request).kind === 'root',
    judge: { identity: 'everything' },
  },
  {
    name: 'NotPrincipal',
    inRow: ({ key = [] }) => key.some(({ NotPrincipal }) => NotPrincipal !== undefined),
    reason:
      'Naming the account in NotPrincipal is taken to spare everyone in it, and naming a role to spare its sessions; AWS documents that the first spares the root user alone and that the second may not.',
    applies: ({ key }) => key.policy.Statement.some((statement) => 'NotPrincipal' in statement),
    without: ({ notPrincipals }) => notPrincipals !== undefined,
  },
  {
    name: 'a variable without a value',
    inRow: ({ rule }) => rule.startsWith('A negated operator holds against a variable without a value'),
    reason: 'A negated operator whose policy variable has no value is taken for false; AWS documents that it holds.',
    applies: ({ key, deployed }) => JSON.stringify([key.policy, ...deployed.identityPolicies.values()]).includes('${'),
    without: hasVariable,
  },
  {
    name: 'IfExists after ForAnyValue',
    inRow: ({ rule }) => rule.startsWith('IfExists after ForAnyValue'),
    reason: 'IfExists is not looked at after ForAnyValue; AWS documents it for every operator but Null.',
    applies: ({ key, deployed }) =>
      /ForAnyValue:\w+IfExists/.test(JSON.stringify([key.policy, ...deployed.identityPolicies.values()])),
    without: ({ conditions }) => conditions.some(({ operator }) => /ForAnyValue:\w+IfExists/.test(operator)),
  },
  {
    name: 'KMS grants',
    inRow: ({ grants = [] }) => grants.length > 0,
    reason: 'It has no KMS grants.',
    applies: ({ key }) => key.grants.length > 0,
    withoutGrants: true,
  },
  {
    name: 'operations across accounts',
    inRow: ({ rule }) => rule.endsWith('does not work across accounts, whatever both sides allow.'),
    reason: 'It does not know that KMS refuses most operations to principals of other accounts.',
    applies: (request) => {
      const { account } = whoIs(request);
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
    reason: 'A host is taken for that of a service only if it ends in amazonaws.com.',
    applies: (request) => whoIs(request).arn.endsWith('.amazonaws.com.cn'),
    judge: { hostsAsElsewhere: true },
  },
  {
    name: 'variables in ARNs',
    inRow: ({ rule }) => rule === 'A variable works with ARN operators.',
    reason: 'An ARN is cut at its colons before its variables are replaced, which have colons too.',
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
    reason: 'A date in seconds since 1970 is compared with milliseconds if the other one is written as ISO 8601.',
  },
  {
    name: 'the range of every address',
    inRow: ({ key = [] }) => JSON.stringify(key).includes('/0"'),
    reason: 'A shift by 32 bits does nothing in JavaScript, so that 0.0.0.0/0 has one address only.',
  },
  {
    name: 'empty sets',
    inRow: ({ rule }) => rule.endsWith('for an empty text, which is an empty set.'),
    reason: 'An empty text is taken for a value of a set; AWS documents it as an empty set.',
  },
  {
    name: 'identity providers',
    inRow: ({ key = [] }) => JSON.stringify(key).includes('"Federated"'),
    reason: 'A role session does not match the identity provider that it came from.',
  },
];

/** The program without what these differences are about. */
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
