import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A type, as in Terraform's JSON. */
export type AttributeType =
  | 'string'
  | 'number'
  | 'bool'
  | readonly ['list' | 'set' | 'map', AttributeType]
  | readonly ['object', Readonly<Record<string, AttributeType>>];

export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

interface NestedBlock {
  readonly name: string;
  readonly nesting: 'SINGLE' | 'LIST' | 'SET';
  readonly block: Block;
}

export interface Block {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly NestedBlock[];
}

export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: ReadonlyMap<string, Block>;
  readonly dataSources: ReadonlyMap<string, Block>;
}

const library = join(dirname(createRequire(import.meta.url).resolve('@cdktf/provider-aws/package.json')), 'lib');

const dataSources = ['caller_identity', 'partition', 'region', 'ssm_parameter'];

/**
 * Returns the schema of the AWS provider, version 6: every resource of KMS and IAM, the SSM parameter, and the data sources that modules
 * read. It comes from the bindings for TypeScript, which cdktf generated from the provider's own schema. The source maps contain the
 * sources of the bindings, which give the type of each attribute, and whether it is required, optional or computed.
 */
export function awsSchema(): ProviderSchema {
  const folders = readdirSync(library).filter((folder) => /^(kms|iam)-|^ssm-parameter$/.test(folder));
  return {
    provider: providerBlock(sourceOf('provider')),
    resources: new Map(folders.map((folder) => [`aws_${folder.replaceAll('-', '_')}`, blockOf(sourceOf(folder))])),
    dataSources: new Map(
      dataSources.map((name) => [`aws_${name}`, blockOf(sourceOf(`data-aws-${name.replaceAll('_', '-')}`))]),
    ),
  };
}

function sourceOf(folder: string): string {
  const script = readFileSync(join(library, folder, 'index.js'), 'utf8');
  const [, map] = /sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)/.exec(script) ?? [];
  if (map === undefined) throw new Error(`${folder} has no source map`);
  const { sourcesContent } = JSON.parse(Buffer.from(map, 'base64').toString()) as { sourcesContent: string[] };
  const [source] = sourcesContent;
  if (source === undefined) throw new Error(`the source map of ${folder} has no source`);
  return source;
}

/** Returns the block of the only resource or data source in a binding. */
function blockOf(source: string): Block {
  const main = classesOf(source).find(({ heritage }) => /^cdktf\.Terraform(Resource|DataSource)$/.test(heritage));
  if (main === undefined) throw new Error('the binding has no resource');
  return blockOfClass(source, main.body, typesIn(main.body));
}

/**
 * Returns the block of the provider itself, without `alias`, which is Terraform's own and which cdktf adds. It has only the nested blocks
 * that modules use. Any other nested block is refused.
 */
function providerBlock(source: string): Block {
  const main = classesOf(source).find(({ heritage }) => heritage === 'cdktf.TerraformProvider');
  if (main === undefined) throw new Error('the binding has no provider');
  const types = new Map([...typesIn(main.body)].filter(([name, { isBlock }]) => name !== 'alias' && !isBlock));
  const attributes = flagsIn(main.body)
    .filter(({ name }) => types.has(name))
    .map((flags) => ({ ...flags, type: typeOf(types.get(flags.name)) }));
  return { attributes, blocks: [assumeRole, ignoreTags] };
}

/** Source: documentation of the AWS provider, "assume_role Configuration Block". */
const assumeRole: NestedBlock = {
  name: 'assume_role',
  nesting: 'LIST',
  block: {
    attributes: [
      { name: 'role_arn', type: 'string', required: false, optional: true, computed: false },
      { name: 'session_name', type: 'string', required: false, optional: true, computed: false },
    ],
    blocks: [],
  },
};

/** Source: documentation of the AWS provider, "ignore_tags Configuration Block". */
const ignoreTags: NestedBlock = {
  name: 'ignore_tags',
  nesting: 'LIST',
  block: {
    attributes: [
      { name: 'keys', type: ['set', 'string'], required: false, optional: true, computed: false },
      { name: 'key_prefixes', type: ['set', 'string'], required: false, optional: true, computed: false },
    ],
    blocks: [],
  },
};

interface Class {
  readonly name: string;
  readonly heritage: string;
  readonly body: string;
}

function classesOf(source: string): readonly Class[] {
  return source
    .split(/^export class /m)
    .slice(1)
    .map((text) => {
      const [, name = '', heritage = ''] = /^(\w+) extends ([\w.]+)/.exec(text) ?? [];
      return { name, heritage, body: text };
    });
}

interface Flags {
  readonly name: string;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

/** Reads the comment above each attribute and each block, such as `// key_usage - computed: false, optional: true, required: false`. */
function flagsIn(body: string): readonly Flags[] {
  const lines = body.matchAll(/^ *\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)$/gm);
  return [...lines].map(([, name = '', computed, optional, required]) => ({
    name,
    computed: computed === 'true',
    optional: optional === 'true',
    required: required === 'true',
  }));
}

interface WrittenType {
  readonly isBlock: boolean;
  /** One of `simple`, `list`, `set`, `map` and `struct`. */
  readonly type: string;
  /** For example `string`, `stringList` or `KmsGrantConstraintsList`. */
  readonly storage: string;
}

/** Returns the types of configurable attributes, from the code that prints HCL. Computed attributes are not included. */
function typesIn(code: string): ReadonlyMap<string, WrittenType> {
  const entries = code.matchAll(
    /^ +(\w+): \{\n +value: .*\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",\n/gm,
  );
  return new Map(
    [...entries].map(([, name = '', isBlock, type = '', storage = '']) => [
      name,
      { isBlock: isBlock === 'true', type, storage },
    ]),
  );
}

function blockOfClass(source: string, body: string, types: ReadonlyMap<string, WrittenType>): Block {
  const attributes: Attribute[] = [];
  const blocks: NestedBlock[] = [];
  for (const flags of flagsIn(body)) {
    const written = types.get(flags.name);
    if (written?.isBlock === true) blocks.push(nestedBlock(source, flags.name, written));
    else attributes.push({ ...flags, type: written ? typeOf(written) : computedType(source, body, flags.name) });
  }
  for (const name of types.keys()) {
    if (![...attributes, ...blocks].some((known) => known.name === name))
      throw new Error(`the schema does not mention ${name}`);
  }
  return { attributes, blocks };
}

const nestings = { struct: 'SINGLE', list: 'LIST', set: 'SET' } as const;

function nestedBlock(source: string, name: string, { type, storage }: WrittenType): NestedBlock {
  if (type !== 'struct' && type !== 'list' && type !== 'set') throw new Error(`${name} is a block of type ${type}`);
  const struct = storage.replace(/List$/, '');
  const body = bodyOf(source, `${struct}OutputReference`);
  const [, printer = ''] = new RegExp(`^export function ${struct}ToHclTerraform\\(([^]*?)^}`, 'im').exec(source) ?? [];
  return { name, nesting: nestings[type], block: blockOfClass(source, body, typesIn(printer)) };
}

function bodyOf(source: string, className: string): string {
  const found = classesOf(source).find(({ name }) => name === className);
  if (found === undefined) throw new Error(`the binding has no class ${className}`);
  return found.body;
}

const simpleTypes: Readonly<Record<string, AttributeType>> = { string: 'string', number: 'number', boolean: 'bool' };

function typeOf(written: WrittenType | undefined): AttributeType {
  const { type = '', storage = '' } = written ?? {};
  const element = simpleTypes[storage.replace(/(List|Map)$/, '')];
  if (element !== undefined && type === 'simple') return element;
  if (element !== undefined && (type === 'list' || type === 'set' || type === 'map')) return [type, element];
  throw new Error(`unknown type ${type} of ${storage}`);
}

const getters: Readonly<Record<string, AttributeType>> = {
  String: 'string',
  Number: 'number',
  Boolean: 'bool',
  List: ['list', 'string'],
  StringMap: ['map', 'string'],
};

/** Returns the type of a computed attribute, from the code that returns it. */
function computedType(source: string, body: string, name: string): AttributeType {
  const [, set, getter = ''] =
    new RegExp(`return (cdktf\\.Fn\\.tolist\\()?this\\.get(\\w+)Attribute\\('${name}'\\)`).exec(body) ?? [];
  const type = getters[getter];
  if (type !== undefined) return set !== undefined && getter === 'List' ? ['set', 'string'] : type;
  const [, struct, isSet] = new RegExp(` = new (\\w+)List\\(this, "${name}", (true|false)\\)`).exec(body) ?? [];
  if (struct === undefined) throw new Error(`the type of ${name} is not said`);
  const { attributes } = blockOfClass(source, bodyOf(source, `${struct}OutputReference`), new Map());
  const members = Object.fromEntries(attributes.map((attribute) => [attribute.name, attribute.type]));
  return [isSet === 'true' ? 'set' : 'list', ['object', members]];
}
