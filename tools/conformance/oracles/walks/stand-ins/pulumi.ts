/**
 * Stands in for Pulumi's command, with an engine that follows the rules of Pulumi's engine. It compares what a program requests with the
 * state, and an import reads what exists. Programs run under Pulumi's mocks. Source: pulumi/pulumi, `pkg/display/json.go` for previews,
 * `pkg/resource/deploy` for imports.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { transform } from 'esbuild';
import { load } from 'js-yaml';
import type { ImportFile } from '../../../kit/pulumi/import-file.ts';
import type { Inputs } from '../../../kit/pulumi/provider.ts';
import { type ProgramRequest, runProgram } from '../../../kit/pulumi/run-program.ts';
import { argumentsOf, one } from './arguments.ts';
import { keep, persisted } from './kept.ts';

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Inputs;
  readonly outputs: Inputs;
}

/** The resources of stacks, by `project/stack`. */
type Stacks = Record<string, Resource[]>;

interface Step {
  readonly op: 'same' | 'create' | 'update' | 'delete';
  readonly urn: string;
  readonly diffReasons?: readonly string[];
}

const given = argumentsOf(process.argv.slice(2), ['--json', '--yes', '--skip-preview', '--force']);
const folder = one(given, '-C');
const { name: project } = load(readFileSync(join(folder, 'Pulumi.yaml'), 'utf8')) as { readonly name: string }; // a generated file
const stacks = persisted<Stacks>('pulumi', {});
const kms = new KMSClient({});
const [command = '', sub = '', argument = ''] = given.words;
const stackName = command === 'stack' && sub === 'init' ? argument : stackInUse();
const label = `${project}/${stackName}`;
const urnOf = (type: string, name: string) => `urn:pulumi:${stackName}::${project}::${type}::${name}`;

switch (`${command} ${command === 'stack' ? sub : ''}`.trim()) {
  case 'stack init':
    stacks[label] = [];
    break;
  case 'stack export':
    writeFileSync(one(given, '--file'), JSON.stringify({ version: 3, deployment: { resources: stacks[label] } }));
    break;
  case 'preview': {
    const { steps } = await planned();
    process.stdout.write(`${JSON.stringify({ config: {}, steps, changeSummary: {} }, undefined, 2)}\n`);
    break;
  }
  case 'up': {
    const { steps, asked } = await planned();
    for (const { op, urn } of steps) {
      const wanted = asked.get(urn);
      const isOfAws = !/::pulumi:(providers:aws|pulumi:Stack)::/.test(urn);
      if (op === 'same') continue;
      if (isOfAws || op !== 'create' || wanted === undefined) throw new Error(`nothing here would ${op} ${urn}`);
      stacks[label]?.push({ urn, type: wanted.type, id: 'made', inputs: wanted.inputs, outputs: {} });
    }
    break;
  }
  case 'import':
    await importAll(JSON.parse(readFileSync(one(given, '--file'), 'utf8')) as ImportFile); // the documented format
    break;
  default:
    throw new Error(`pulumi ${command} has no stand-in`);
}
keep('pulumi', stacks);

function stackInUse(): string {
  const [named] = given.options.get('--stack') ?? [];
  const [only, ...others] = Object.keys(stacks).filter((name) => name.startsWith(`${project}/`));
  if (named === undefined && (only === undefined || others.length > 0)) throw new Error('no stack is selected');
  return named ?? only?.split('/')[1] ?? '';
}

async function importAll({ nameTable, resources }: ImportFile): Promise<void> {
  const state = stacks[label] ?? [];
  for (const { type, name, id, provider } of resources) {
    const urn = provider === undefined ? undefined : nameTable[provider];
    if (urn !== undefined && !state.some((one) => one.urn === urn)) throw new Error(`there is no provider ${urn}`);
    const { inputs, outputs } = await readResource(type, id);
    state.push({ urn: urnOf(type, name), type, id, inputs, outputs });
  }
  stacks[label] = state;
}

/** Returns what the provider reads of an existing resource, without the tags of the provider's own `defaultTags`. */
async function readResource(type: string, id: string): Promise<{ readonly inputs: Inputs; readonly outputs: Inputs }> {
  const { KeyMetadata: key } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
  if (key === undefined) throw new Error(`KMS describes no ${id}`);
  if (type === 'aws:kms/alias:Alias') return { inputs: { name: id, targetKeyId: key.KeyId }, outputs: {} };
  if (type !== 'aws:kms/key:Key' || key.KeyId !== id) throw new Error(`nothing here reads a ${type} ${id}`);
  const KeyId = id;
  const { Policy = '{}' } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
  const { KeyRotationEnabled, RotationPeriodInDays } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
  const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId }));
  return {
    inputs: {
      description: key.Description,
      policy: Policy,
      enableKeyRotation: KeyRotationEnabled === true,
      ...(KeyRotationEnabled === true && { rotationPeriodInDays: RotationPeriodInDays }),
      isEnabled: key.Enabled,
      customerMasterKeySpec: key.KeySpec,
      keyUsage: key.KeyUsage,
      multiRegion: key.MultiRegion === true,
      tags: Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
    },
    outputs: { arn: key.Arn, keyId: id },
  };
}

async function planned(): Promise<{
  readonly steps: readonly Step[];
  readonly asked: ReadonlyMap<string, ProgramRequest>;
}> {
  const asked = new Map<string, ProgramRequest>();
  const state = new Map((stacks[label] ?? []).map((resource) => [resource.urn, resource]));
  const { code } = await transform(readFileSync(join(folder, 'index.ts'), 'utf8'), { loader: 'ts', format: 'cjs' });
  await runProgram(
    code,
    { organization: 'organization', project, stack: stackName, config: {} },
    {
      async make(one) {
        const urn = urnOf(one.type, one.name);
        asked.set(urn, one);
        const known = state.get(urn);
        return { id: known?.id ?? 'not-known-yet', state: known?.outputs ?? {} };
      },
      async call(token) {
        throw new Error(`nothing here answers ${token}`);
      },
      async outputsOf(path) {
        throw new Error(`there is no stack ${path}`);
      },
    },
  );
  const targets = given.options.get('--target');
  const root = urnOf('pulumi:pulumi:Stack', `${project}-${stackName}`);
  const all = new Map(asked).set(root, {
    type: 'pulumi:pulumi:Stack',
    name: '',
    inputs: {},
    provider: undefined,
    protect: false,
    retainOnDelete: false,
  });
  const steps = [...all].map(([urn, one]): Step => {
    const known = state.get(urn);
    if (known === undefined) return { op: 'create', urn };
    const diffReasons = differing(one, known, asked);
    return diffReasons.length === 0 ? { op: 'same', urn } : { op: 'update', urn, diffReasons };
  });
  const gone = [...state.keys()].filter((urn) => !all.has(urn)).map((urn): Step => ({ op: 'delete', urn }));
  const isAsked = ({ urn }: Step) => targets === undefined || targets.includes(urn) || urn === root;
  return { steps: [...steps, ...gone].filter(isAsked), asked: all };
}

/** Returns the properties that the provider would write. The provider compares policies by their content. */
function differing(
  wanted: ProgramRequest,
  { type, inputs }: Resource,
  asked: ReadonlyMap<string, ProgramRequest>,
): readonly string[] {
  if (type.startsWith('pulumi:')) return [];
  const provider = [...asked.values()].find(
    ({ type: kind, name }) => kind === 'pulumi:providers:aws' && name === wanted.provider,
  );
  const defaults = parsed(provider?.inputs.defaultTags) as
    | { readonly tags?: Readonly<Record<string, string>> }
    | undefined; // its type in @pulumi/aws
  const all: Inputs =
    type === 'aws:kms/key:Key'
      ? { ...wanted.inputs, tags: { ...defaults?.tags, ...(wanted.inputs.tags ?? {}) } }
      : wanted.inputs;
  const { deletionWindowInDays: _, bypassPolicyLockoutSafetyCheck: __, ...written } = all;
  return Object.entries(written).flatMap(([name, value]) =>
    canonical(value) === canonical(inputs[name]) ? [] : [name],
  );
}

/** Returns the value that a provider received. It receives text as it is, and anything else as JSON. */
function parsed(value: unknown): unknown {
  return typeof value === 'string' && /^[{[]/.test(value) ? JSON.parse(value) : value;
}

function canonical(value: unknown): string {
  return JSON.stringify(parsed(value), (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [two]) => (one < two ? -1 : 1)))
      : inner,
  );
}
