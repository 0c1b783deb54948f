import { createRequire } from 'node:module';
import { runtime } from '@pulumi/pulumi';
import { transform } from 'esbuild';
import { load } from 'js-yaml';
import { exportsOf, nameIn, watchRegistrations } from './under-mocks.test-support.ts';

/** A resource that a program requests from Pulumi's engine. */
export interface AskedResource {
  /** For example `aws:kms/key:Key`. */
  readonly type: string;
  readonly name: string;
  /** The inputs, with values in place of outputs. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: {
    readonly provider: string | undefined;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    /**
     * The resources, by type and name, that Pulumi creates before this resource because of `dependsOn` or because an input refers to them.
     */
    readonly dependencies: readonly string[];
    /** Former names that Pulumi finds the resource by, with the same type, project and stack; absent if there are none. */
    readonly aliases?: readonly string[];
  };
}

export interface ProviderCall {
  /** For example `aws:index/getRegion:getRegion`. */
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider: string | undefined;
}

/** The answers of AWS and Pulumi's backend while a program runs. */
export interface Surroundings {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** The configuration, by `project:name`. */
  readonly config: Readonly<Record<string, string>>;
  /** Returns an attribute that AWS decides: `id`, `arn`, `keyId`, and also `name` if the program gives none. */
  readonly attributeOf: (resource: Pick<AskedResource, 'type' | 'name'>, attribute: string) => string;
  /** Returns a property of the result of a provider's function, such as `accountId` or `insecureValue`. */
  readonly propertyOf: (call: Omit<ProviderCall, 'provider'>, property: string) => string;
  /** Returns the outputs of another stack, given as `organization/project/stack`. */
  readonly outputsOf: (stack: string) => Readonly<Record<string, unknown>>;
}

export interface ProgramRun {
  /** By type and name, such as `aws:kms/key:Key::orders`. */
  readonly resources: ReadonlyMap<string, AskedResource>;
  readonly calls: readonly ProviderCall[];
  /** The stacks that the program refers to. */
  readonly stackReferences: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Answers with texts that say what they are, such as `<aws:kms/key:Key::orders.arn>`. */
const telling: Surroundings = {
  organization: 'acme',
  project: 'project',
  stack: 'dev',
  config: {},
  attributeOf: ({ type, name }, attribute) => `<${type}::${name}.${attribute}>`,
  propertyOf: ({ token, inputs }, property) => `<${[token, ...Object.values(inputs)].join(' ')}.${property}>`,
  outputsOf: () => ({}),
};

/** The configuration that a program gets from a `Pulumi.<stack>.yaml`. Values other than text arrive as JSON. */
export function configIn(settings: string): Readonly<Record<string, string>> {
  const { config } = load(settings) as { readonly config: Readonly<Record<string, unknown>> }; // the part that Pulumi reads
  return Object.fromEntries(
    Object.entries(config ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the text of an index.ts in this process under Pulumi's mocks, and returns its requests to the engine. Programs run one after the
 * other, since Pulumi's runtime is a singleton in the process. The first program takes a second, because the provider is loaded; a later
 * one takes a few milliseconds. Rejects if the program throws.
 */
export function runProgram(text: string, surroundings: Partial<Surroundings> = {}): Promise<ProgramRun> {
  const run = last.then(() => heedingRejections(() => runAlone(text, { ...telling, ...surroundings })));
  last = run.catch(() => undefined);
  return run;
}

async function runAlone(text: string, surroundings: Surroundings): Promise<ProgramRun> {
  const { organization, project, stack, config, attributeOf, propertyOf, outputsOf } = surroundings;
  const { code } = await transform(text, { loader: 'ts', format: 'cjs', target: 'node20' });
  const resources = new Map<string, AskedResource>();
  const calls: ProviderCall[] = [];
  const stackReferences: string[] = [];

  await runtime.setMocks(
    {
      newResource({ type, name, inputs, id }) {
        if (type === 'pulumi:pulumi:StackReference') {
          stackReferences.push(name);
          return { id, state: { name, outputs: outputsOf(name) } };
        }
        const attributes = ['arn', 'keyId', 'name'].map((attribute) => [
          attribute,
          attributeOf({ type, name }, attribute),
        ]);
        return { id: attributeOf({ type, name }, 'id'), state: { ...Object.fromEntries(attributes), ...inputs } };
      },
      call({ token, inputs, provider }) {
        calls.push({ token, inputs, provider: provider ? nameIn(provider) : undefined });
        const properties = ['accountId', 'region', 'partition', 'dnsSuffix', 'insecureValue'];
        return Object.fromEntries(properties.map((property) => [property, propertyOf({ token, inputs }, property)]));
      },
    },
    project,
    stack,
    false,
    organization,
  );
  runtime.setAllConfig({ ...config });
  watchRegistrations<RegistrationRequest>(runtime.getMonitor(), (request) => {
    if (request.getType() === runtime.rootPulumiStackTypeName) return;
    const resource = askedResource(request);
    resources.set(`${resource.type}::${resource.name}`, resource);
  });
  const outputs = await runtime.runInPulumiStack(async () => exportsOf(code, createRequire(import.meta.url)));
  // All outputs may be known before all resources are registered.
  await runtime.disconnect();
  return { resources, calls, stackReferences, outputs: outputs ?? {} };
}

/**
 * Runs a program, and rejects if a resource fails. Such a failure causes an unhandled rejection, at which Pulumi's language host stops.
 * Otherwise, the test runner would attribute it to no test.
 */
async function heedingRejections<Result>(run: () => Promise<Result>): Promise<Result> {
  const listeners = process.listeners('unhandledRejection');
  let heed: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    heed = reject;
  });
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', heed);
  try {
    const result = await Promise.race([run(), failed]);
    // Node reports a rejection at the end of the turn.
    await Promise.race([new Promise(setImmediate), failed]);
    return result;
  } finally {
    process.off('unhandledRejection', heed);
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

function askedResource(request: RegistrationRequest): AskedResource {
  const provider = request.getProvider();
  const aliases = request.getAliasesList().map(aliasName);
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: withoutSecrecy(runtime.deserializeProperties(request.getObject())),
    options: {
      provider: provider === '' ? undefined : nameIn(provider),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      dependencies: request.getDependenciesList().map(typeAndNameIn).sort(),
      ...(aliases.length > 0 && { aliases }),
    },
  };
}

/** Unwraps inputs that the provider treats as secrets, such as the value of a parameter. */
function withoutSecrecy(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, runtime.unwrapRpcSecret(value)]));
}

interface RegistrationRequest {
  getType(): string;
  getName(): string;
  getObject(): Parameters<typeof runtime.deserializeProperties>[0];
  getProvider(): string;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getDependenciesList(): string[];
  getAliasesList(): RequestedAlias[];
}

interface RequestedAlias {
  getSpec(): Readonly<Record<'getName' | 'getType' | 'getProject' | 'getStack', () => string>> | undefined;
}

/** The name, if the alias changes only the name; otherwise a text that describes the alias. */
function aliasName(alias: RequestedAlias): string {
  const spec = alias.getSpec();
  const others = [spec?.getType(), spec?.getProject(), spec?.getStack()].filter((one) => one !== '');
  return others.length === 0 && spec !== undefined ? spec.getName() : `of another kind: ${others.join(', ')}`;
}

function typeAndNameIn(urn: string): string {
  const type = urn.split('::')[2] ?? '';
  return `${type.slice(type.lastIndexOf('$') + 1)}::${nameIn(urn)}`;
}
