/**
 * Reads who may do what with a key from the YAML alone: from the key's statements, admins, services, grants and KMS grants, from its
 * standards, and from imports of the key. This is an upper bound, since a Deny only takes away. Shares no code with the compiler: the
 * meaning of each word is defined again, from docs/semantics.md, docs/language.md and docs/services.md.
 */
import type { Mapping } from '@keywright/core/syntax/is-mapping';
import { load } from 'js-yaml';
import { mergedKeys, withDifferences } from './differing-yaml.ts';
import { environmentNames, listOf, writtenEnvironments } from './named-environments.ts';
import type { ProjectFiles } from './projects.ts';

/**
 * Who gets access: an ARN of IAM or STS (`:root` is the root user), the host of a service, or anyone; `preset` is the services and roles of
 * a preset.
 */
type Grantee =
  | { readonly kind: 'aws'; readonly arn: string }
  /** A resource that `stack` creates, such as `role/api`. */
  | { readonly kind: 'created'; readonly stack: string; readonly resource: string }
  | { readonly kind: 'service'; readonly host: string }
  | { readonly kind: 'preset' }
  /** Whoever assumes a role through an identity provider. */
  | { readonly kind: 'federated' }
  | { readonly kind: 'anyone' };

/** One of the ways in which the YAML lets someone use a key. */
export interface Way {
  readonly grantee: Grantee;
  /** `kms:Decrypt`, with wildcards. */
  readonly actions: readonly string[];
  /** The excluded actions, if the way covers all other actions. */
  readonly except?: readonly string[];
  readonly conditions: readonly Test[];
  /** The pairs of the encryption context that a KMS grant requires. */
  readonly pairs?: Readonly<Record<string, string>>;
}

export interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Maps a key (`stack/key/orders`, `stack/replicaKey/orders@us`, or the ARN of an imported key) to the ways of using it. */
export type AccessInYaml = ReadonlyMap<string, readonly Way[]>;

interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly suffix: string;
  /** Other names that texts can use, by placeholder: environment, purpose, app, stack, key. */
  readonly words?: Readonly<Record<string, string | undefined>>;
}

interface Instance {
  readonly name: string;
  readonly definition: Mapping;
  readonly base: string;
  readonly environment: string | undefined;
  readonly place: Place;
}

/** Where stacks without an environment are deployed in these tests, as in `world.ts`. */
const anywhere = { account: '000000000000', region: 'xx-test-1', partition: 'aws' };

const administration = [
  ...['Create*', 'Describe*', 'Enable*', 'List*', 'Put*', 'Update*', 'Revoke*', 'Disable*', 'Get*', 'Delete*'],
  ...['TagResource', 'UntagResource', 'ScheduleKeyDeletion', 'CancelKeyDeletion'],
];
const encrypting = ['Encrypt', 'ReEncrypt*', 'GenerateDataKey*'];
const words: Readonly<Record<string, readonly string[]>> = {
  encrypt: encrypting,
  decrypt: ['Decrypt'],
  encryptDecrypt: ['Decrypt', ...encrypting],
  sign: ['Sign'],
  verify: ['Verify'],
  signVerify: ['Sign', 'Verify'],
  generateMac: ['GenerateMac'],
  verifyMac: ['VerifyMac'],
  deriveSharedSecret: ['DeriveSharedSecret'],
  describe: ['DescribeKey', 'GetPublicKey'],
  administer: [...administration, 'RotateKeyOnDemand', 'ReplicateKey', 'UpdatePrimaryRegion', 'ImportKeyMaterial'],
};
/** The actions of services on a key: they use it, and let each other use it. */
const services = ['*crypt*', 'GenerateDataKey*', 'Sign', 'Describe*', 'GetPublicKey', 'CreateGrant', 'List*'];

export function accessInYaml(files: ProjectFiles): AccessInYaml {
  const project = readProject(files);
  const found = new Map<string, Way[]>();
  const add = (key: string, ways: readonly Way[]) => found.set(key, [...(found.get(key) ?? []), ...ways]);
  for (const instance of project.instances) {
    for (const [name, key] of entriesOf(instance.definition.keys)) {
      const own = project.inEnvironment(key, instance.environment);
      const ofKey = (place: Place) => withWords(place, { ...instance.place.words, ...place.words, key: name });
      const home = ofKey(instance.place);
      add(`${instance.name}/key/${name}`, waysOfKey(own, instance, home, instance.environment, project));
      for (const replica of listOf(own.replicas) as readonly Mapping[]) {
        const { region } = replica;
        const named = region === undefined ? project.named(String(replica.environment)) : project.places.keys();
        for (const environment of named) {
          const place = project.places.get(environment) ?? instance.place;
          if (place.account !== instance.place.account || place.region === instance.place.region) continue;
          if (region !== undefined && place.region !== region) continue;
          const there = project.inEnvironment(replica, environment);
          const ways = waysOfKey(there, instance, ofKey(place), environment, project);
          add(`${instance.name}/replicaKey/${name}@${region ?? environment}`, ways);
        }
      }
    }
  }
  for (const instance of project.instances) {
    for (const [, imported] of entriesOf(instance.definition.imports)) {
      const target = importedKey(imported, instance, project);
      if (target === undefined) continue;
      const { key, ...whereItIs } = target;
      const from = { instance, place: instance.place, project, ...whereItIs };
      add(key, [
        ...(listOf(imported.grants) as readonly Mapping[]).flatMap((grant) => waysOfGrant(grant, from)),
        ...entriesOf(imported.kmsGrants).flatMap(([, grant]) => waysOfKmsGrant(grant, from)),
      ]);
    }
  }
  return found;
}

interface Project {
  readonly instances: readonly Instance[];
  readonly principals: Mapping;
  readonly standards: Mapping;
  readonly legacy: boolean;
  readonly places: ReadonlyMap<string, Place>;
  /** Returns the environments that a name or pattern refers to. */
  readonly named: (reference: string) => readonly string[];
  /** A definition with the changes that its `in` makes in an environment. */
  readonly inEnvironment: (definition: Mapping, environment: string | undefined) => Mapping;
  readonly lookups: readonly Mapping[];
}

/** The context of a reference, which determines the account of `${account}` and the place of the key. */
interface From {
  readonly instance: Instance;
  readonly place: Place;
  readonly keyPlace: Place;
  /** The stack that creates the key; absent for a key of another owner. */
  readonly keyStack?: string;
  readonly project: Project;
}

function readProject(files: ProjectFiles): Project {
  const sections: Record<string, Record<string, unknown>> = {};
  let app: string | undefined;
  for (const [path, text] of Object.entries(files)) {
    if (!/\.ya?ml$/.test(path)) continue;
    const document = withPolicyFiles(load(text), path, files) as Mapping;
    if (document.app !== undefined) app = String(document.app);
    for (const section of [
      'accounts',
      'environments',
      'groups',
      'principals',
      'standards',
      'keySets',
      'stacks',
      'settings',
    ]) {
      sections[section] = { ...sections[section], ...((document[section] ?? {}) as Mapping) };
    }
  }
  const {
    accounts = {},
    environments = {},
    groups = {},
    principals = {},
    standards = {},
    keySets = {},
    stacks = {},
    settings = {},
  } = sections;
  const written = writtenEnvironments(environments, accounts);
  const places = new Map(
    [...written].map(([environment, { account, region, partition, purpose, values }]) => [
      environment,
      withWords(placeOf(String(account), String(region), partition as string | undefined), {
        environment,
        purpose: purpose as string | undefined,
        ...prefixed('values.', values),
      }),
    ]),
  );
  const ids = prefixed('account.', {
    ...Object.fromEntries([...written].map(([name, { account }]) => [name, account])),
    ...Object.fromEntries(Object.entries(accounts).map(([name, account]) => [name, (account as Mapping).id])),
  });
  const named = (reference: string) => environmentNames(reference, written, new Map(Object.entries(groups)));
  const inEnvironment = (definition: Mapping, environment: string | undefined) =>
    withDifferences(definition, environment, named);
  const instances = entriesOf(stacks).flatMap(([base, stack]): Instance[] => {
    const { environment } = stack;
    const ofSets = mergedKeys({}, keysOfSets(stack.keySets, keySets));
    const whole = { ...stack, keys: mergedKeys(ofSets, (stack.keys ?? {}) as Mapping) };
    if (environment === undefined) {
      const place = placeOf(anywhere.account, anywhere.region, anywhere.partition);
      const known = withWords(place, { app, stack: base, ...ids });
      return [{ name: base, base, definition: whole, environment: undefined, place: known }];
    }
    return [...new Set(texts(environment).flatMap(named))].map((each) => {
      const name = each === environment ? base : `${base}-${each}`;
      const place = places.get(each);
      if (place === undefined) throw new Error(`no environment ${each}`);
      const known = withWords(place, { ...place.words, app, stack: name, ...ids });
      return { name, base, definition: inEnvironment(whole, each), environment: each, place: known };
    });
  });
  const context = files['keywright.context.json'];
  const lookups = context === undefined ? [] : (JSON.parse(context) as { aliases: readonly Mapping[] }).aliases;
  return {
    instances,
    principals,
    standards,
    places,
    named,
    inEnvironment,
    lookups,
    legacy: settings.defaultKeyPolicies === (false as unknown),
  };
}

function keysOfSets(names: unknown, keySets: Mapping): Mapping {
  const all = texts(names).map((name) => keySets[name]);
  return Object.assign({}, ...all.map((set) => (Array.isArray(set) ? keysOfSets(set, keySets) : set)));
}

function placeOf(account: string, region: string, partition?: string): Place {
  const own = partition ?? (/^cn-/.test(region) ? 'aws-cn' : /^us-gov-/.test(region) ? 'aws-us-gov' : 'aws');
  const suffix = own === 'aws-cn' ? 'amazonaws.com.cn' : region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
  return { account, region, partition: region.startsWith('eusc-') ? 'aws-eusc' : own, suffix };
}

/** Replaces policy files by their statements, under `policyStatements`. */
function withPolicyFiles(value: unknown, from: string, files: ProjectFiles): unknown {
  if (Array.isArray(value)) return value.map((each) => withPolicyFiles(each, from, files));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const file = name === 'policy' && !Array.isArray(inner) ? (inner as { file?: string }).file : undefined;
      if (file === undefined) return [name, withPolicyFiles(inner, from, files)];
      const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/') + 1) : '';
      const text = files[`${folder}${file}`] ?? files[file];
      if (text === undefined) throw new Error(`no file ${file}`);
      return [name, { document: JSON.parse(text) as unknown }];
    }),
  );
}

function waysOfKey(
  own: Mapping,
  instance: Instance,
  place: Place,
  environment: string | undefined,
  project: Project,
): readonly Way[] {
  const layers = [own];
  for (let name = own.standard; name !== undefined; ) {
    const standard = project.inEnvironment(project.standards[String(name)] as Mapping, environment);
    layers.unshift(standard);
    name = standard.standard;
  }
  const single = (name: string) => layers.findLast((layer) => layer[name] !== undefined)?.[name];
  const all = (name: string) => layers.flatMap((layer) => listOf(layer[name]));
  const from = { instance, place, keyPlace: place, keyStack: instance.name, project };
  const root: Way = { grantee: { kind: 'aws', arn: rootOf(place) }, actions: ['kms:*'], conditions: [] };
  const legacyRoot = { ...root, actions: [...administration, 'GenerateDataKey'].map((action) => `kms:${action}`) };
  const policy = single('policy');
  const replacing = policy === undefined ? [] : waysOfPolicy(policy, from);
  const start = project.legacy
    ? [single('trustAccountIdentities') === true ? root : legacyRoot, ...replacing]
    : policy === undefined
      ? [root]
      : replacing;
  return [
    ...start,
    ...(all('statements') as readonly Mapping[]).flatMap((statement) => waysOfStatement(statement, from)),
    ...all('admins').flatMap((to) => waysOfGrant({ to, can: 'administer' }, from)),
    ...all('services').flatMap((service) => waysOfService(service, from)),
    ...(all('grants') as readonly Mapping[]).flatMap((grant) => waysOfGrant(grant, from)),
    ...entriesOf(own.kmsGrants).flatMap(([, grant]) => waysOfKmsGrant(grant, from)),
  ];
}

function waysOfService(service: unknown, { place }: From): readonly Way[] {
  const { roles } = typeof service === 'string' ? {} : (service as Mapping);
  const named = texts(roles).filter((role) => role.startsWith('arn:'));
  const grantees: readonly Grantee[] = [
    { kind: 'preset' },
    ...named.map((arn) => ({ kind: 'aws' as const, arn: filled(arn, place) })),
  ];
  const actions = services.map((action) => `kms:${action}`);
  return grantees.map((grantee) => ({ grantee, actions, conditions: [] }));
}

function waysOfPolicy(policy: unknown, from: From): readonly Way[] {
  if (policy === 'key-default-1')
    return [{ grantee: { kind: 'aws', arn: rootOf(from.place) }, actions: ['kms:*'], conditions: [] }];
  if (Array.isArray(policy)) return (policy as readonly Mapping[]).flatMap((one) => waysOfStatement(one, from));
  const { Statement } = (policy as { readonly document: { readonly Statement: unknown } }).document;
  return (listOf(Statement) as readonly Mapping[]).flatMap((statement): Way[] => {
    if (statement.Effect !== 'Allow') return [];
    const principal = statement.Principal as '*' | Mapping;
    const named = principal === '*' ? { AWS: '*' } : principal;
    const text = (value: unknown) => filled(pseudo(value), from.place);
    const aws = listOf(named.AWS).map((one): Grantee => {
      const arn = text(one);
      if (arn === '*') return { kind: 'anyone' };
      return { kind: 'aws', arn: arn.startsWith('arn:') ? arn : rootOf({ ...from.place, account: arn }) };
    });
    const hosts = listOf(named.Service).map((host): Grantee => ({ kind: 'service', host: text(host) }));
    return [...aws, ...hosts].map((grantee) => ({
      grantee,
      actions: statement.NotAction === undefined ? texts(statement.Action) : ['kms:*'],
      except: texts(statement.NotAction),
      conditions: testsOf(statement.Condition, from),
    }));
  });
}

/** Keywright's placeholders for pseudo parameters in `Ref` and `Fn::Sub` of a template. */
function pseudo(value: unknown): string {
  const names = { AccountId: 'account', Region: 'region', Partition: 'partition', URLSuffix: 'dnsSuffix' };
  const { Ref: ref, 'Fn::Sub': sub } = Object(value) as { Ref?: string; 'Fn::Sub'?: string };
  const text = ref === undefined ? (sub ?? String(value)) : `\${${ref}}`;
  return Object.entries(names).reduce((all, [from, to]) => all.replaceAll(`\${AWS::${from}}`, `\${${to}}`), text);
}

function waysOfStatement(statement: Mapping, from: From): readonly Way[] {
  if (statement.effect === 'Deny') return [];
  const except = texts(statement.notActions);
  const actions = statement.actions === undefined ? ['kms:*'] : texts(statement.actions);
  const conditions = testsOf(statement.conditions, from);
  return listOf(statement.principals).flatMap((to) =>
    granteesOf(to, from).map(({ grantee, conditions: own }) => ({
      grantee,
      actions,
      except,
      conditions: [...conditions, ...own],
    })),
  );
}

function waysOfGrant(grant: Mapping, from: From): readonly Way[] {
  const actions = texts(grant.can).flatMap((word) => words[word]?.map((action) => `kms:${action}`) ?? [word]);
  const through = texts(grant.via).map((service) =>
    service.includes('.') ? service : `${service}.${from.keyPlace.region}.amazonaws.com`,
  );
  const via = through.length === 0 ? [] : [{ operator: 'StringEquals', key: 'kms:viaservice', values: through }];
  const conditions = [...testsOf(grant.when, from), ...via];
  return listOf(grant.to).flatMap((to) =>
    granteesOf(to, from).flatMap(({ grantee, conditions: own }): Way[] => {
      const way = { actions, conditions: [...conditions, ...own] };
      return [{ ...way, grantee }, ...rootInstead(grantee, from).map((instead) => ({ ...way, grantee: instead }))];
    }),
  );
}

/**
 * Returns the account root if the key policy names it instead of the grantee: the grantee is a group, or its stack needs the stack of the
 * key. A stack without an environment that uses values of another stack is in the account of that stack.
 */
function rootInstead(grantee: Grantee, { project, keyStack, keyPlace }: From): readonly Grantee[] {
  if (grantee.kind !== 'created' || keyStack === undefined) return [];
  if (grantee.stack === keyStack && !grantee.resource.startsWith('group/')) return [];
  const instance = project.instances.find(({ name }) => name === grantee.stack);
  if (instance === undefined) return [];
  const place = instance.environment === undefined ? keyPlace : instance.place;
  return [{ kind: 'aws', arn: rootOf(place) }];
}

function waysOfKmsGrant(grant: Mapping, from: From): readonly Way[] {
  const operations = texts(grant.operations).flatMap((operation) =>
    operation.startsWith('ReEncrypt') ? [operation, 'ReEncrypt*'] : [operation],
  );
  const pairs = (grant.encryptionContext ?? grant.encryptionContextSubset) as Record<string, string> | undefined;
  const way = (to: unknown, actions: readonly string[]) =>
    granteesOf(to, from).map(({ grantee, conditions }): Way => {
      const named = actions.map((action) => `kms:${action}`);
      return { grantee, actions: named, conditions, ...(pairs !== undefined && { pairs }) };
    });
  return [
    ...way(grant.grantee, operations),
    ...(grant.retiringPrincipal === undefined ? [] : way(grant.retiringPrincipal, ['RetireGrant'])),
    // The account that creates the grant may retire it too.
    { grantee: { kind: 'aws', arn: rootOf(from.keyPlace) }, actions: ['kms:RetireGrant'], conditions: [] },
  ];
}

interface Bound {
  readonly grantee: Grantee;
  readonly conditions: readonly Test[];
}

function granteesOf(reference: unknown, from: From): readonly Bound[] {
  const { instance, place, keyPlace, project } = from;
  const one = (grantee: Grantee, ...conditions: readonly Test[]): readonly Bound[] => [{ grantee, conditions }];
  if (typeof reference === 'string') {
    const [first = '', second] = reference.split('.');
    const stack = second === undefined ? instance : stackNamed(first, instance, project);
    const created = createdBy(stack, second ?? first);
    if (created.length > 0) return created;
    const named = project.principals[reference] as Mapping | undefined;
    if (named !== undefined) return listOf(named.anyOf ?? named).flatMap((member) => granteesOf(member, from));
    if (reference !== 'everyoneInAccount') throw new Error(`no principal ${reference}`);
    const values = [keyPlace.account];
    return one({ kind: 'anyone' }, { operator: 'StringEquals', key: 'kms:calleraccount', values });
  }
  const principal = reference as Readonly<Record<string, string>>;
  const { stack, name = '' } = principal;
  if (stack !== undefined) {
    return stacksNamed(stack, principal.environment, instance, project).flatMap((owner) => createdBy(owner, name));
  }
  const kind = principal.role === undefined ? 'user' : 'role';
  const written = principal.role ?? principal.user;
  const account = principal.account === '${account}' ? principal.account : `\${account.${principal.account}}`;
  const arn =
    written !== undefined && principal.account !== undefined
      ? `arn:\${partition}:iam::${account}:${kind}/${written}`
      : (written ?? principal.arn);
  if (arn !== undefined) {
    const here = one({ kind: 'aws', arn: filled(arn, place) });
    if (instance.environment !== undefined || (reference as Mapping).mutable === false) return here;
    // A policy is attached by the holder's name. If only the deployment knows the holder's account, it is assumed to be the account in the
    // ARN.
    const taken = filled(arn, place).replace(/^(arn:[^:]+:iam::)\d{12}:/, `$1${place.account}:`);
    return [...here, ...one({ kind: 'aws', arn: taken })];
  }
  if (principal.account !== undefined) {
    const declared = place.words?.[`account.${principal.account}`];
    return one({ kind: 'aws', arn: rootOf({ ...place, account: declared ?? filled(principal.account, place) }) });
  }
  if (principal.organization !== undefined) {
    const values = [principal.organization];
    return one({ kind: 'anyone' }, { operator: 'StringEquals', key: 'aws:principalorgid', values });
  }
  if (principal.orgUnit !== undefined) {
    const values = [`${principal.orgUnit}/*`];
    return one({ kind: 'anyone' }, { operator: 'ForAnyValue:StringLike', key: 'aws:principalorgpaths', values });
  }
  if (principal.service !== undefined) {
    return one({ kind: 'service', host: hostOf(filled(principal.service, keyPlace), keyPlace) });
  }
  return one({ kind: principal.federated === undefined ? 'anyone' : 'federated' });
}

function createdBy({ name: stack, definition }: Instance, name: string): readonly Bound[] {
  const created = ((definition.principals ?? {}) as Mapping)[name];
  if (created === undefined) return [];
  const kind = Object.keys(created as Mapping).find((word) => ['role', 'user', 'group'].includes(word));
  return [{ grantee: { kind: 'created', stack, resource: `${kind}/${name}` }, conditions: [] }];
}

function hostOf(service: string, { region, suffix, partition }: Place): string {
  if (service.includes('.')) return service;
  const ofChina = partition === 'aws-cn';
  if (service === 'logs' || (ofChina && service === 'codedeploy')) return `${service}.${region}.${suffix}`;
  return ofChina && service === 'elasticmapreduce' ? `${service}.${suffix}` : `${service}.amazonaws.com`;
}

/** Returns the stacks of this name in the named environments; without `environment`, the stack of this name in the same environment. */
function stacksNamed(name: string, environment: unknown, from: Instance, project: Project): readonly Instance[] {
  if (environment === undefined) return [stackNamed(name, from, project)];
  const environments = project.named(String(environment));
  return project.instances.filter((one) => one.base === name && environments.includes(one.environment ?? ''));
}

/** Returns the stack of this name in the same environment; otherwise the first stack of this name in the same account, or else anywhere. */
function stackNamed(name: string, from: Pick<Instance, 'environment' | 'place'>, project: Project): Instance {
  const candidates = project.instances.filter((instance) => instance.base === name || instance.name === name);
  const found =
    candidates.find(({ environment }) => environment === from.environment) ??
    candidates.find(({ place }) => place.account === from.place.account) ??
    candidates[0];
  if (found === undefined) throw new Error(`no stack ${name}`);
  return found;
}

function importedKey(
  imported: Mapping,
  instance: Instance,
  project: Project,
): (Pick<From, 'keyPlace' | 'keyStack'> & { readonly key: string }) | undefined {
  if (imported.key !== undefined) {
    const [stack = '', key = ''] = String(imported.key).split('.');
    const owner = stacksNamed(stack, imported.environment, instance, project)[0] ?? instance;
    return { key: `${owner.name}/key/${key}`, keyPlace: owner.place, keyStack: owner.name };
  }
  if (imported.arn !== undefined) {
    const arn = filled(String(imported.arn), instance.place);
    return { key: arn, keyPlace: placeOf(arn.split(':')[4] ?? '', arn.split(':')[3] ?? '') };
  }
  if (imported.lookup === undefined) return undefined;
  const { alias, environment } = imported.lookup as { readonly alias: string; readonly environment?: string };
  const [named = ''] = environment === undefined ? [] : project.named(environment);
  const place = project.places.get(named) ?? instance.place;
  const written = filled(alias, instance.place);
  const name = written.startsWith('alias/') ? written : `alias/${written}`;
  const entry = project.lookups.find(
    (one) => one.alias === name && one.account === place.account && one.region === place.region,
  );
  return entry && { key: String(entry.arn), keyPlace: place };
}

function testsOf(conditions: unknown, { place }: From): readonly Test[] {
  return entriesOf(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(values).map((text) => filled(text, place)),
    })),
  );
}

/** Texts by the names of placeholders. */
function prefixed(prefix: string, texts: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(Object(texts) as Mapping).map(([name, text]) => [prefix + name, String(text)]),
  );
}

function withWords(place: Place, words: Place['words'] & object): Place {
  return { ...place, words };
}

function filled(text: string, { suffix, words, ...place }: Place): string {
  const values: Readonly<Record<string, string | undefined>> = { ...words, ...place, dnsSuffix: suffix };
  return text.replaceAll(/(\$?)\$\{([\w.-]+)\}/g, (all, doubled: string, name: string) =>
    doubled === '' ? (values[name] ?? all) : all.slice(1),
  );
}

function rootOf({ partition, account }: Pick<Place, 'partition' | 'account'>): string {
  return `arn:${partition}:iam::${account}:root`;
}

function texts(value: unknown): readonly string[] {
  return listOf(value).map(String);
}

function entriesOf(value: unknown): readonly (readonly [string, Mapping])[] {
  return Object.entries((value ?? {}) as Readonly<Record<string, Mapping | null>>).map(([name, inner]) => [
    name,
    inner ?? {},
  ]);
}
