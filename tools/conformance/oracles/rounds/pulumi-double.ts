/**
 * Stands in for Pulumi, whose engine is not available: does what Pulumi would do with an import list and a program. `pulumi import --file`
 * reads each resource by its id, and a preview compares. In this double, the program runs under Pulumi's mocks, and the keys themselves
 * show what Pulumi would find.
 */
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { pulumiExport } from '../../../../packages/cli/src/testing/pulumi-export.ts';
import {
  type AskedResource,
  type ProgramRun,
  runProgram,
} from '../../../../packages/emit-pulumi/src/run-program.test-support.ts';
import type { ImportFile } from '../../kit/pulumi/import-file.ts';

export interface PulumiProject {
  readonly project: string;
  /** The text of index.ts. */
  readonly program: string;
  readonly account: string;
  readonly region: string;
}

/**
 * Returns the problems of an import and of the preview that follows; and, if there are none, the output of `pulumi stack export`.
 *
 * @param kmsIn returns KMS in a region of the account
 */
export async function imported(
  { project, program, account, region }: PulumiProject,
  list: ImportFile,
  kmsIn: (region: string) => KMSClient,
): Promise<{ readonly problems: readonly string[]; readonly text: string }> {
  const idOf = new Map(list.resources.map(({ type, name, id }) => [`${type}::${name}`, id]));
  const attributeIn = (at: string, { type, name }: Pick<AskedResource, 'type' | 'name'>, attribute: string): string => {
    const id = idOf.get(`${type}::${name}`) ?? `unknown ${name}`;
    return attribute === 'arn' ? `arn:aws:kms:${at}:${account}:key/${id}` : id;
  };
  const run = await runProgram(program, {
    project,
    attributeOf: (resource, attribute) => attributeIn(region, resource, attribute),
    propertyOf: (_, property) =>
      ({ accountId: account, region, name: region, partition: 'aws', dnsSuffix: 'amazonaws.com' })[property] ?? '',
  });
  const asked = [...run.resources].filter(([, { type }]) => !type.startsWith('pulumi:'));
  const made = asked.flatMap(([key]) => (idOf.has(key) ? [] : [`Pulumi would make ${key}`]));
  const unasked = [...idOf.keys()].flatMap((key) =>
    run.resources.has(key) ? [] : [`${key} is imported, and no program has it`],
  );
  const differing = await Promise.all(
    asked.map(async ([key, resource]) => {
      const entry = list.resources.find(({ type, name }) => `${type}::${name}` === key);
      const provider = resource.options.provider === entry?.provider ? [] : [`${key} has another provider in the list`];
      const kms = kmsIn(regionOf(resource, run) ?? region);
      return [...provider, ...(await differences(key, resource, idOf.get(key) ?? '', kms))];
    }),
  );
  const text = pulumiExport(run, {
    project,
    attributeOf: (resource, attribute) => attributeIn(regionOf(resource, run) ?? region, resource, attribute),
    parameters: `arn:aws:ssm:${region}:${account}:parameter`,
  });
  return { problems: [...made, ...unasked, ...differing.flat(), ...unprotected(run)], text: withGrantIds(text, idOf) };
}

/** Returns the region of a resource's provider. */
function regionOf({ options }: AskedResource, { resources }: ProgramRun): string | undefined {
  const region = resources.get(`pulumi:providers:aws::${options.provider}`)?.inputs.region;
  return typeof region === 'string' ? region : undefined;
}

/** Replaces the ids of grants: Pulumi's id of a grant consists of its key and the grant's own id. */
function withGrantIds(text: string, idOf: ReadonlyMap<string, string>): string {
  const parsed = JSON.parse(text) as { deployment: { resources: { urn: string; type: string; id?: string }[] } };
  for (const resource of parsed.deployment.resources) {
    const id = idOf.get(`${resource.type}::${resource.urn.split('::').at(-1)}`);
    if (resource.type === 'aws:kms/grant:Grant' && id !== undefined) {
      resource.id = id;
      Object.assign(resource, {
        outputs: { ...Object(Reflect.get(resource, 'outputs')), grantId: id.split(':').at(-1) },
      });
    }
  }
  return JSON.stringify(parsed);
}

/** Returns keys that Pulumi could delete if they were removed from the code. */
function unprotected({ resources }: ProgramRun): readonly string[] {
  return [...resources].flatMap(([key, { type, options }]) =>
    /^aws:kms\/(key:Key|replicaKey:ReplicaKey)$/.test(type) && !(options.protect && options.retainOnDelete)
      ? [`${key} can be deleted`]
      : [],
  );
}

/** Returns the changes that a preview shows: where the program differs from the resource with the id. */
async function differences(
  key: string,
  { type, inputs }: AskedResource,
  id: string,
  kms: KMSClient,
): Promise<readonly string[]> {
  const found = await there(type, id, kms);
  if (found === undefined) return [`${key}: there is no ${id}`];
  return Object.entries(found).flatMap(([name, value]) => {
    const said = name === 'policy' ? policyText(inputs[name]) : (inputs[name] ?? defaults[name]);
    return JSON.stringify(sorted(said)) === JSON.stringify(sorted(value))
      ? []
      : [`${key}: ${name} is ${JSON.stringify(value)}, and the program says ${JSON.stringify(said)}`];
  });
}

const defaults: Readonly<Record<string, unknown>> = {
  isEnabled: true,
  enableKeyRotation: false,
  description: '',
  tags: {},
};

/** Returns the inputs of an existing resource as AWS shows them; `undefined` if there is no such resource. */
async function there(type: string, id: string, kms: KMSClient): Promise<Readonly<Record<string, unknown>> | undefined> {
  switch (type) {
    case 'aws:kms/key:Key': {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }));
      const rotation = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
      const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId: id }));
      return {
        description: KeyMetadata?.Description ?? '',
        isEnabled: KeyMetadata?.Enabled,
        policy: policyText(Policy),
        enableKeyRotation: rotation.KeyRotationEnabled ?? false,
        tags: Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
      };
    }
    case 'aws:kms/replicaKey:ReplicaKey': {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }));
      const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId: id }));
      return {
        primaryKeyArn: KeyMetadata?.MultiRegionConfiguration?.PrimaryKey?.Arn,
        description: KeyMetadata?.Description ?? '',
        policy: policyText(Policy),
        tags: Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
      };
    }
    case 'aws:kms/alias:Alias': {
      const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
      const alias = Aliases.find(({ AliasName }) => AliasName === id);
      return alias && { name: alias.AliasName, targetKeyId: alias.TargetKeyId };
    }
    case 'aws:kms/grant:Grant': {
      const [KeyId = '', grantId] = id.split(':');
      const { Grants = [] } = await kms.send(new ListGrantsCommand({ KeyId }));
      const grant = Grants.find((one) => one.GrantId === grantId);
      return (
        grant && {
          keyId: KeyId,
          granteePrincipal: grant.GranteePrincipal,
          name: grant.Name,
          operations: grant.Operations,
        }
      );
    }
    default:
      throw new Error(`nobody looks at ${type}`);
  }
}

/** Returns a policy in the form that the provider compares. A list of one element is text, and lists have no order. */
function policyText(policy: unknown): unknown {
  return JSON.stringify(plain(JSON.parse(String(policy))));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(plain).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    return items.length === 1 && typeof items[0] === 'string' ? items[0] : items;
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .map(([name, inner]) => [name, plain(inner)] as const)
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      )
    : value;
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' ? plain(value) : value;
}

/**
 * Returns problems of the commands that make Pulumi forget resources. Every resource must be forgotten, and an alias or grant before its
 * key.
 */
export function forgetProblems(commands: readonly string[], exported: string): readonly string[] {
  const { deployment } = JSON.parse(exported) as { deployment: { resources: { urn: string; type: string }[] } };
  const urns = deployment.resources.filter(({ type }) => type.startsWith('aws:')).map(({ urn }) => urn);
  const deleted = commands.flatMap((line) => /state delete .*?'?(urn:pulumi:[^\s']+)'?$/.exec(line)?.[1] ?? []);
  const missing = urns.filter((urn) => !deleted.includes(urn)).map((urn) => `${urn} is not forgotten`);
  const more = deleted.filter((urn) => !urns.includes(urn)).map((urn) => `${urn} is forgotten, and nobody has it`);
  const lastOther = Math.max(-1, ...deleted.map((urn, index) => (urn.includes('aws:kms/key:Key') ? -1 : index)));
  const firstKey = deleted.findIndex((urn) => urn.includes('aws:kms/key:Key'));
  return [
    ...missing,
    ...more,
    ...(firstKey >= 0 && firstKey < lastOther ? ['a key is forgotten before what leads to it'] : []),
  ];
}
