import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { decide } from '../decide.ts';
import { nameOfArn, requesterOf } from '../named-principal.ts';
import { completingSteps, readsOf, type Step } from './read/deployment-steps.ts';
import { listed } from './read/names.ts';
import type { KeyRule } from './rule.ts';
import { isLeftToAccount, isLockedOut, somebodyCan } from './somebody-can-change-the-policy.ts';

const definition = defineDiagnostic<{ key: string; role: string; actions: readonly string[] }>({
  code: 'KW7049',
  severity: 'warning',
  title: 'A deploy role that the key policy keeps out',
  message: ({ key, role, actions }) =>
    `\`${role}\`, which deploys \`${key}\`, can never do ${listed(actions)} with it${actions.includes('kms:PutKeyPolicy') ? ', so KMS refuses the key policy' : ''}`,
  help: () =>
    'name the `deployRole` of the environment in `admins`, exempt it from the Deny, or add a statement for the account, which leaves the role’s access to IAM policies',
  explanation: `KMS accepts a key policy only from a principal that could change it again, unless \`bypassPolicyLockoutSafetyCheck\`
is set. A deployment also needs other actions: Terraform and Pulumi read a key before they change it, and create its aliases,
replicas and KMS grants. The \`deployRole\` of an environment has to be allowed all of this, by the key policy or by the IAM
policies that the key policy relies on. IAM policies that this project does not write are assumed to allow it. [KW7001](KW7001.md),
[KW7039](KW7039.md) and [KW7047](KW7047.md) report actions that the policy allows nobody. If the \`assumeRole\` of a target names a
different role, suppress the finding.
Source: AWS KMS API reference, CreateKey and PutKeyPolicy, Policy; Terraform AWS provider, internal/service/kms/key.go.`,
  example: {
    wrong: `environments:
  prod: { account: "111122223333", region: eu-west-1, deployRole: Deployment }
stacks:
  security:
    environment: prod
    keys:
      orders:
        policy: [{ principals: keyAdmins, actions: "kms:*" }]`,
    right: `environments:
  prod: { account: "111122223333", region: eu-west-1, deployRole: Deployment }
stacks:
  security:
    environment: prod
    keys:
      orders:
        policy: [{ principals: keyAdmins, actions: "kms:*" }]
        admins: [{ role: "arn:aws:iam::111122223333:role/Deployment" }]`,
  },
});

/** The role that deploys an environment's stacks can perform every operation that deploying a key requires. */
export const deployRolesMayDeploy: KeyRule = {
  definition,
  about: 'key',
  check: ({ key, resource, environment }, { program, picture }) => {
    const { deployRole } = environment;
    const { targets = [] } = program.stacks.find(({ name }) => name === key.stack) ?? {};
    const principal = deployRole === undefined ? undefined : requesterOf(nameOfArn(deployRole));
    // The role for CloudFormation is chosen at deployment time.
    const isUsed = targets.length === 0 || targets.some((target) => target !== 'cfn');
    if (deployRole === undefined || principal === undefined || !isUsed || isLockedOut(key, picture)) return [];
    const steps: readonly Pick<Step, 'operation' | 'context'>[] = [
      ...(resource.bypassPolicyLockoutSafetyCheck === true ? [] : [{ operation: 'PutKeyPolicy' }]),
      ...readsOf(resource).map((operation) => ({ operation })),
      // Without the safety check, a key policy may deny the role `kms:PutKeyPolicy` on purpose.
      ...completingSteps(key, resource, program).filter(({ operation }) => operation !== 'PutKeyPolicy'),
    ];
    const actions = steps
      .filter(({ operation, context = {} }) => {
        if (isLeftToAccount(operation, key)) return false;
        const request = { principal, action: `kms:${operation}`, key, context: { 'kms:ViaService': null, ...context } };
        const { decision } = decide(picture, request);
        // Other rules report operations that nobody can perform.
        return decision !== 'allow' && decision !== 'dependsOn' && somebodyCan(operation, key, picture, context);
      })
      .map(({ operation }) => `kms:${operation}`);
    return actions.length === 0
      ? []
      : [report(definition, resource.source.span, { key: key.name, role: deployRole, actions: [...new Set(actions)] })];
  },
};
