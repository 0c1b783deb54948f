/** Deployments of one definition, for the tests of every target. */
import { concat, joinedText, literal, literalFrom } from '../ir/expression.ts';
import { withNameOrigins } from '../ir/given-name.ts';
import type { Resource, Stack } from '../ir/program.ts';
import { dnsSuffixOf } from '../kms/partitions.ts';
import { key, provenance, reference, stacksFor, statement } from './target-stacks.ts';

/** What differs between two deployments. */
export interface Own {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly text: string;
  readonly days: number;
}

/** Makes deployments for a target: a role, a key that it uses, its alias, and a KMS grant that names a key of another stack. */
export function deploymentsFor(target: string): (definition: string, own: Own) => Stack {
  const { stackOf } = stacksFor(target);
  return (definition, { environment, account, region, text, days }) => {
    const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
    const own = literalFrom('environment', environment);
    const ownAccount = literalFrom('account', account);
    const host = [literalFrom('region', region), literal('.'), literalFrom('dnsSuffix', dnsSuffixOf(partition))];
    const rest = { names: {}, dependsOn: [], source: provenance(20) } as const;
    const resources: readonly Resource[] = [
      withNameOrigins(
        {
          ...rest,
          kind: 'role',
          id: 'role/api',
          name: 'api',
          physicalName: `api-${environment}`,
          assumeRolePolicy: {
            statements: [
              {
                ...statement({ actions: ['sts:AssumeRole'] }),
                principals: [{ kind: 'service', host: literal('lambda.amazonaws.com') }],
              },
            ],
          },
          tags: [],
        },
        joinedText([literal('api-'), own]),
      ),
      key('orders', {
        description: concat(literal('Orders of '), own, literal(`: ${text}`)),
        pendingWindowDays: days,
        rotation: { enabled: true, periodDays: days + 90 },
        tags: [
          { name: 'account', value: ownAccount },
          { name: 'owner', value: literal('platform') },
          { name: 'text', value: literal(text) },
        ],
        policy: {
          statements: [
            statement({
              principals: [
                {
                  kind: 'aws',
                  arn: concat(
                    literal('arn:'),
                    literalFrom('partition', partition),
                    literal(':iam::'),
                    ownAccount,
                    literal(':root'),
                  ),
                },
              ],
            }),
            statement({
              sid: 'Use',
              principals: [{ kind: 'aws', arn: reference('role/api', 'arn') }],
              actions: ['kms:Decrypt'],
              conditions: [
                {
                  operator: 'StringEquals',
                  key: 'kms:ViaService',
                  values: [concat(literal('s3.'), ...host), literal(text)],
                },
              ],
            }),
          ],
        },
      }),
      {
        ...rest,
        kind: 'alias',
        id: 'alias/orders/orders',
        aliasName: 'alias/orders',
        keyName: 'orders',
        target: reference('key/orders', 'id'),
      },
      {
        ...rest,
        kind: 'kmsGrant',
        id: 'kmsGrant/orders/loader',
        name: 'loader',
        named: true,
        keyName: 'orders',
        retireOnDelete: false,
        key: reference('key/orders', 'id'),
        grantee: concat(literal(`${text}:`), {
          kind: 'crossStack',
          stack: `platform-${environment}`,
          export: 'keys.root.arn',
        }),
        operations: ['Decrypt'],
      },
    ];
    return {
      ...stackOf(...resources),
      name: `${definition}-${environment}`,
      definition,
      environment: { name: environment, account, region, partition },
      outputs: [
        { name: 'ordersArn', value: reference('key/orders', 'arn'), source: provenance(60) },
        { name: 'text', value: concat(literal(text), reference('key/orders', 'id')), source: provenance(61) },
      ],
      imports: [
        {
          stack: `platform-${environment}`,
          definition: 'platform',
          export: 'keys.root.arn',
          environment: { name: environment, account, region, partition },
          nativeTargets: [target],
          source: provenance(81),
        },
      ],
    };
  };
}
