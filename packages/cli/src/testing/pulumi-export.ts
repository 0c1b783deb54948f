import type { Stack } from '@keywright/core/ir/program';
import { projectOf, pulumiStackOf } from '@keywright/emit-pulumi/names';
import type { AskedResource, ProgramRun } from '../../../emit-pulumi/src/run-program.test-support.ts';
import { byPulumiName } from './deploy-pulumi.ts';
import { world } from './world.ts';

/** Marks a secret. Source: pulumi/pulumi, sdk/go/common/resource/sig/sig.go. */
const secret = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' };

/** The facts that an export adds to a program's resources: the stack, its configuration, and the values that AWS decides. */
export interface AddedByAws {
  readonly project: string;
  /** `dev` by default. */
  readonly stack?: string;
  /** The configuration of the stack, for the default provider. */
  readonly config?: Readonly<Record<string, string>>;
  readonly attributeOf: (asked: AskedResource, attribute: 'arn' | 'id' | 'name') => string;
  /** The start of the ARNs of parameters. */
  readonly parameters: string;
}

export function providerAdditions(stack: Stack): AddedByAws {
  const byUrn = byPulumiName(stack);
  const [partition, region, account] = (['partition', 'region', 'account'] as const).map((name) =>
    world.pseudo(name, stack),
  );
  return {
    project: projectOf(stack),
    stack: pulumiStackOf(stack) ?? 'dev',
    attributeOf({ type, name }, attribute) {
      const resource = byUrn.get(`${type}::${name}`);
      if (resource === undefined) throw new Error(`the stack has no ${type} ${name}`);
      return world.attribute(resource, attribute, stack);
    },
    parameters: `arn:${partition}:ssm:${region}:${account}:parameter`,
  };
}

/**
 * Returns the output of `pulumi stack export --show-secrets` after a program ran: each resource with its inputs, and with the outputs that
 * the AWS provider adds.
 */
export function pulumiExport(
  run: ProgramRun,
  { project, stack = 'dev', config = {}, attributeOf, parameters }: AddedByAws,
): string {
  const urnOf = (typeAndName: string) => `urn:pulumi:${stack}::${project}::${typeAndName}`;
  const root = urnOf(`pulumi:pulumi:Stack::${project}-${stack}`);
  const provider = (name: string) => urnOf(`pulumi:providers:aws::${name}`);
  const settings = Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) => (name.startsWith('aws:') ? [[name.slice(4), value]] : [])),
  );
  const given = Object.keys(settings).length > 0 && { inputs: settings, outputs: settings };
  const ofDefault = { urn: provider('default_7_11_0'), custom: true, id: 'd', type: 'pulumi:providers:aws', ...given };
  const usesDefault = [...run.resources.values()].some(({ options }) => options.provider === undefined);
  const resources = [
    { urn: root, custom: false, type: 'pulumi:pulumi:Stack', outputs: run.outputs },
    ...(usesDefault ? [ofDefault] : []),
    ...[...run.resources.values()].map((asked) => {
      const { type, name, inputs, options } = asked;
      if (type.startsWith('pulumi:')) {
        return { urn: urnOf(`${type}::${name}`), custom: true, id: 'p', type, inputs, outputs: inputs, parent: root };
      }
      const outputs = outputsOf(asked, (attribute) => attributeOf(asked, attribute), parameters);
      return {
        urn: urnOf(`${type}::${name}`),
        custom: true,
        id: /^aws:kms\/.*Key$/.test(type) ? attributeOf(asked, 'id') : (outputs.name ?? name),
        type,
        inputs: { __defaults: inputs.name === undefined ? ['name'] : [], ...inputs, ...madeUpName(asked, outputs) },
        outputs,
        parent: root,
        dependencies: options.dependencies.map(urnOf),
        provider: `${provider(options.provider ?? 'default_7_11_0')}::p`,
        ...(options.protect && { protect: true }),
        ...(options.retainOnDelete && { retainOnDelete: true }),
      };
    }),
  ];
  const manifest = { time: '2026-11-27T07:00:00.000000000Z', magic: '0', version: 'v3.228.0' };
  const secrets = {
    type: 'passphrase',
    state: { salt: 'v1:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==' },
  };
  const deployment = { manifest, secrets_providers: secrets, resources, metadata: {} };
  return `${JSON.stringify({ version: 3, deployment }, undefined, 4)}\n`;
}

/** KMS gives this policy to a key that is created without one. Source: AWS KMS Developer Guide, "Default key policy". */
function defaultPolicy(arn: string): string {
  const [, partition, , , account] = arn.split(':');
  const root = { AWS: `arn:${partition}:iam::${account}:root` };
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: root,
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Id: 'key-default-1', Statement: [statement], Version: '2012-10-17' });
}

/** If a role, user or group has no name, the provider generates one, and adds it to the inputs too. */
function madeUpName({ inputs, type }: AskedResource, outputs: Readonly<Record<string, unknown>>) {
  return inputs.name === undefined && type.startsWith('aws:iam/') ? { name: outputs.name } : {};
}

function outputsOf(
  { type, inputs }: AskedResource,
  attribute: (name: 'arn' | 'id' | 'name') => string,
  parameters: string,
): Readonly<Record<string, unknown>> {
  const tags = { tags: inputs.tags ?? {}, tagsAll: inputs.tags ?? {} };
  switch (type) {
    case 'aws:kms/key:Key':
      return {
        bypassPolicyLockoutSafetyCheck: false,
        customKeyStoreId: '',
        customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        description: '',
        isEnabled: true,
        keyUsage: 'ENCRYPT_DECRYPT',
        multiRegion: false,
        policy: defaultPolicy(attribute('arn')),
        xksKeyId: '',
        ...inputs,
        ...tags,
        arn: attribute('arn'),
        keyId: attribute('id'),
      };
    case 'aws:kms/externalKey:ExternalKey':
      return {
        bypassPolicyLockoutSafetyCheck: false,
        description: '',
        enabled: false,
        expirationModel: '',
        keyMaterialBase64: '',
        keySpec: 'SYMMETRIC_DEFAULT',
        keyState: 'PendingImport',
        keyUsage: 'ENCRYPT_DECRYPT',
        multiRegion: false,
        validTo: '',
        ...inputs,
        ...tags,
        arn: attribute('arn'),
      };
    case 'aws:kms/replicaKey:ReplicaKey':
    case 'aws:kms/replicaExternalKey:ReplicaExternalKey':
      return { description: '', enabled: true, ...inputs, ...tags, arn: attribute('arn'), keyId: attribute('id') };
    case 'aws:kms/alias:Alias':
      return { ...inputs, arn: attribute('arn') };
    case 'aws:iam/role:Role':
    case 'aws:iam/user:User':
    case 'aws:iam/group:Group':
      return {
        description: '',
        path: '/',
        permissionsBoundary: '',
        maxSessionDuration: 3600,
        managedPolicyArns: [],
        ...inputs,
        ...tags,
        arn: attribute('arn'),
        name: inputs.name ?? attribute('name'),
      };
    case 'aws:ssm/parameter:Parameter':
      return {
        ...inputs,
        ...tags,
        value: { ...secret, plaintext: JSON.stringify(inputs.value) },
        arn: `${parameters}${inputs.name}`,
      };
    default:
      return inputs;
  }
}
