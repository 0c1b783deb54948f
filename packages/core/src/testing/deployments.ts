/** Deployments of one definition, for the tests of every target. */
import fc from 'fast-check';
import type { Emitter } from '../emit/emitter.ts';
import { stackProgramsOf } from '../emit/stack-programs.ts';
import { wellFormed } from '../emit/unseen.ts';
import { concat, joinedText, literal, literalFrom } from '../ir/expression.ts';
import { withNameOrigins } from '../ir/given-name.ts';
import type { Resource, Stack } from '../ir/program.ts';
import { dnsSuffixOf } from '../kms/partitions.ts';
import { key, provenance, reference, stacksFor, statement } from './target-stacks.ts';

/** The properties in which two deployments differ. */
export interface Own {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly text: string;
  readonly days: number;
}

export const dev: Own = { environment: 'dev', account: '111122223333', region: 'eu-west-1', text: 'one', days: 7 };
export const prod: Own = { environment: 'prod', account: '444455556666', region: 'eu-west-1', text: 'two', days: 30 };

/** One to four deployments; some texts end in a value of their own environment. `text`: the texts that are difficult for the target. */
export function anyOwns(text: fc.Arbitrary<string>): fc.Arbitrary<readonly Own[]> {
  const own = fc
    .record({
      environment: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
      account: fc.stringMatching(/^[0-9]{12}$/),
      region: fc.constantFrom('eu-west-1', 'us-east-1', 'cn-north-1'),
      text,
      end: fc.constantFrom('account', 'region', 'environment', undefined),
      days: fc.integer({ min: 7, max: 30 }),
    })
    .map(
      ({ end, ...rest }): Own => ({ ...rest, text: wellFormed(`${rest.text}${end === undefined ? '' : rest[end]}`) }),
    );
  return fc.uniqueArray(own, { minLength: 1, maxLength: 4, selector: ({ environment }) => environment });
}

/** 600 deployments that differ in everything that can differ. */
export const manyOwns: readonly Own[] = Array.from({ length: 600 }, (_, index) => ({
  environment: `account-${index}-eu-west-1`,
  account: String(100_000_000_000 + index),
  region: 'eu-west-1',
  text: `number ${index}`,
  days: 7 + (index % 20),
}));

/** The stack programs of deployments, and their files: common ones, and each deployment's own. Throws if there are diagnostics. */
export function emitPrograms<Options>(emitter: Emitter<Options>, stacks: readonly Stack[], options: Options) {
  const programs = stackProgramsOf(stacks).map((program) => {
    const result = emitter.emitProgram?.(program, { generator: 'Keywright 0.1.0', options, templates: {} });
    if (result === undefined) throw new Error('there are no programs');
    if (result.diagnostics.length > 0) throw new Error(JSON.stringify(result.diagnostics));
    return { program, ...result };
  });
  const common = programs.flatMap((one) => one.common);
  const own = new Map(programs.flatMap((one) => [...one.own]));
  return { programs, files: [...common, ...[...own.values()].flat()], common, own };
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
