import { createRequire } from 'node:module';
import { runtime } from '@pulumi/pulumi';
import { transform } from 'esbuild';
import { load } from 'js-yaml';

/** A resource as a program asks Pulumi's engine for it. */
export interface AskedResource {
  /** `aws:kms/key:Key` */
  readonly type: string;
  readonly name: string;
  /** With values in the place of outputs. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: {
    /** The name of the provider, if the program names one. */
    readonly provider: string | undefined;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    /**
     * The resources that Pulumi creates before this one, by type and name: because of `dependsOn`, or because an input
     * refers to them.
     */
    readonly dependencies: readonly string[];
    /**
     * Former names under which Pulumi looks for the resource, with the same type, project and stack; absent if there
     * are none.
     */
    readonly aliases?: readonly string[];
  };
}

/** A call of a function of the provider. */
export interface ProviderCall {
  /** `aws:index/getRegion:getRegion` */
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider: string | undefined;
}

/** The answers of AWS and Pulumi's backend while a program runs. */
export interface Surroundings {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** The configuration of the stack, `project:name`. */
  readonly config: Readonly<Record<string, string>>;
  /** An attribute that AWS decides: `id`, `arn`, `keyId`, and `name` where the program gives none. */
  readonly attributeOf: (resource: Pick<AskedResource, 'type' | 'name'>, attribute: string) => string;
  /** A property of what a function of the provider returns: `accountId`, `insecureValue`. */
  readonly propertyOf: (call: Omit<ProviderCall, 'provider'>, property: string) => string;
  /** The outputs of another stack, `organization/project/stack`. */
  readonly outputsOf: (stack: string) => Readonly<Record<string, unknown>>;
}

/** What a program did. */
export interface ProgramRun {
  /** By type and name: `aws:kms/key:Key::orders`. */
  readonly resources: ReadonlyMap<string, AskedResource>;
  readonly calls: readonly ProviderCall[];
  /** The stacks that it refers to. */
  readonly stackReferences: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Values that say what they stand for: `<aws:kms/key:Key::orders.arn>`. */
const telling: Surroundings = {
  organization: 'acme',
  project: 'project',
  stack: 'dev',
  config: {},
  attributeOf: ({ type, name }, attribute) => `<${type}::${name}.${attribute}>`,
  propertyOf: ({ token, inputs }, property) => `<${[token, ...Object.values(inputs)].join(' ')}.${property}>`,
  outputsOf: () => ({}),
};

/** The configuration that a `Pulumi.<stack>.yaml` gives to a program; values other than text arrive as JSON. */
export function configIn(settings: string): Readonly<Record<string, string>> {
  const { config } = load(settings) as { readonly config: Readonly<Record<string, unknown>> }; // what Pulumi reads there
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
 * other, since Pulumi's runtime is a singleton in the process; the first takes a second, for the provider to load, and later programs take
 * a few milliseconds. Rejects if the program throws.
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
  watchRegistrations((resource) => resources.set(`${resource.type}::${resource.name}`, resource));
  const outputs = await runtime.runInPulumiStack(async () => evaluate(code));
  // Outputs can be known before all resources are.
  await runtime.disconnect();
  return { resources, calls, stackReferences, outputs: outputs ?? {} };
}

/**
 * A resource that fails causes an unhandled rejection; Pulumi's language host stops at the first. Here it rejects the
 * run; otherwise the test runner would attribute it to no test.
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

/** What the module exports, the way Pulumi's language host loads a CommonJS module. */
function evaluate(code: string): Record<string, unknown> {
  const module = { exports: {} };
  const require = createRequire(import.meta.url);
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports;
}

/** The options of a resource are in the request to the engine, which mocks do not get to see. */
function watchRegistrations(found: (resource: AskedResource) => void): void {
  // Under mocks the monitor is an object of this shape instead of a client of the engine.
  const monitor = runtime.getMonitor() as unknown as {
    registerResource: (request: RegistrationRequest, callback: unknown) => Promise<void>;
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const type = request.getType();
    if (type !== runtime.rootPulumiStackTypeName) {
      const provider = request.getProvider();
      const aliases = request.getAliasesList().map(aliasName);
      found({
        type,
        name: request.getName(),
        inputs: withoutSecrecy(runtime.deserializeProperties(request.getObject())),
        options: {
          provider: provider === '' ? undefined : nameIn(provider),
          protect: request.getProtect() ?? false,
          retainOnDelete: request.getRetainondelete() ?? false,
          dependencies: request.getDependenciesList().map(typeAndNameIn).sort(),
          ...(aliases.length > 0 && { aliases }),
        },
      });
    }
    return register(request, callback);
  };
}

/** Unwraps inputs that the provider treats as secrets, such as the value of a parameter. */
function withoutSecrecy(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, runtime.unwrapRpcSecret(value)]));
}

/** The parts of a `RegisterResourceRequest` that are read here. */
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

/** The name of an alias that changes only the name, otherwise a text that describes it. */
function aliasName(alias: RequestedAlias): string {
  const spec = alias.getSpec();
  const others = [spec?.getType(), spec?.getProject(), spec?.getStack()].filter((one) => one !== '');
  return others.length === 0 && spec !== undefined ? spec.getName() : `of another kind: ${others.join(', ')}`;
}

/** `orders` of `urn:pulumi:dev::project::pulumi:pulumi:Stack$aws:kms/key:Key::orders`, with or without an id behind it. */
function nameIn(urn: string): string {
  return urn.split('::')[3] ?? urn;
}

function typeAndNameIn(urn: string): string {
  const type = urn.split('::')[2] ?? '';
  return `${type.slice(type.lastIndexOf('$') + 1)}::${nameIn(urn)}`;
}
