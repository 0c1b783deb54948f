/**
 * What the YAML of a project gives to roles, users and groups, key by key: read from the project with its names bound, before any
 * policy is decided, and without the code that decides about policies.
 */

import { contextFileName } from '@keywright/core/context/context';
import { parseContextFile } from '@keywright/core/context/context-file';
import { actionsOf, adminActions, isCapability, legacyAdminActions } from '@keywright/core/kms/capabilities';
import type { GrantDefinition } from '@keywright/core/language/grant';
import type { KeyDefinition } from '@keywright/core/language/key';
import type { InlinePrincipal, PrincipalReference } from '@keywright/core/language/principal';
import type { PolicyDefinition, StatementDefinition } from '@keywright/core/language/statement';
import { mergeFiles } from '@keywright/core/project/merge-files';
import type { Project } from '@keywright/core/project/project';
import { readProject } from '@keywright/core/project/read-project';
import type { KeyModel, StackModel } from '@keywright/core/resolve/model';
import { resolveStacks } from '@keywright/core/resolve/resolve-stacks';
import { targets } from '../targets.ts';
import { memoryHost, type ProjectFiles } from './projects.ts';

/** `role 111122223333 Admin`, a user or a group likewise; `everyone` where a statement is for more than can be listed. */
export type Holder = string;

/** One thing that the YAML of a key gives, by a policy or by a KMS grant. */
export interface Given {
  readonly by: 'policy' | 'kmsGrant';
  readonly to: Holder;
  /** Whether it may do an action such as `kms:Decrypt`. */
  readonly covers: (action: string) => boolean;
}

/** What is given with each key, by `stack/key/name`. */
export function accessGivenBy(files: ProjectFiles): ReadonlyMap<string, readonly Given[]> {
  const host = memoryHost(files);
  const { project } = mergeFiles(readProject(host).files);
  if (project === undefined) throw new Error('the project is valid');
  const reading = host.readFile(contextFileName);
  const context =
    reading.kind === 'text' ? parseContextFile({ path: contextFileName, text: reading.text }).context : new Map();
  const { stacks } = resolveStacks(
    project,
    targets.map(({ name }) => name),
    context,
  ).model;
  const given = new Map<string, Given[]>();
  const add = (key: KeyModel, more: readonly Given[]) => {
    const id = `${key.stack.name}/${key.id}`;
    given.set(id, [...(given.get(id) ?? []), ...more]);
  };
  for (const stack of stacks) {
    const bind = (references: readonly PrincipalReference[]) =>
      references.flatMap((reference) => holdersOf(reference, stack, stacks, project));
    for (const primary of stack.keys.values()) {
      for (const key of [primary, ...primary.replicas]) add(key, givenByKey(key, bind, files));
    }
    for (const imported of stack.imports.values()) {
      if (imported.kind !== 'key') continue;
      const { grants = [], kmsGrants } = imported.definition.value;
      add(imported.key, [
        ...grants.flatMap((grant) => givenByGrant(grant, imported.key, bind)),
        ...givenByKmsGrants(kmsGrants, bind),
      ]);
    }
  }
  return given;
}

type Bind = (references: readonly PrincipalReference[]) => readonly Holder[];

function givenByKey(key: KeyModel, bind: Bind, files: ProjectFiles): readonly Given[] {
  return key.layers.flatMap(({ value, file }) => [
    ...(value.admins ?? []).flatMap((admin) =>
      bind([admin]).map((to) => ({
        by: 'policy' as const,
        to,
        covers: anyOf([...adminActions, ...legacyAdminActions, ...actionsOfRotation]),
      })),
    ),
    ...(value.grants ?? []).flatMap((grant) => givenByGrant(grant, key, bind)),
    ...(value.statements ?? []).flatMap((statement) => givenByStatement(statement, bind)),
    ...givenByPolicy(value.policy, file.source.path, bind, files),
    // The presets name roles that AWS services make for themselves.
    ...((value.services ?? []).length > 0
      ? [{ by: 'policy' as const, to: 'aws-service-role', covers: () => true }]
      : []),
    ...givenByKmsGrants(value.kmsGrants, bind),
  ]);
}

/** `administer` has it for keys that can be rotated on demand. */
const actionsOfRotation = ['kms:RotateKeyOnDemand'];

function givenByGrant(grant: GrantDefinition, key: KeyModel, bind: Bind): readonly Given[] {
  const actions = [grant.can].flat().flatMap((word) => (isCapability(word) ? actionsOf(word, key.traits) : [word]));
  return bind(Array.isArray(grant.to) ? grant.to : [grant.to]).map((to) => ({
    by: 'policy',
    to,
    covers: anyOf(actions),
  }));
}

function givenByKmsGrants(grants: KeyDefinition['kmsGrants'], bind: Bind): readonly Given[] {
  return Object.values(grants ?? {}).flatMap(({ grantee, operations }) =>
    bind([grantee]).map((to) => ({
      by: 'kmsGrant' as const,
      to,
      covers: anyOf(operations.map((one) => `kms:${one}`)),
    })),
  );
}

function givenByStatement(statement: StatementDefinition, bind: Bind): readonly Given[] {
  if (statement.effect === 'Deny' || statement.principals === undefined) return [];
  const { principals, actions, notActions } = statement;
  const isMeant = actions === undefined ? anyOf([notActions ?? []].flat()) : anyOf([actions].flat());
  const covers = actions === undefined ? (action: string) => !isMeant(action) : isMeant;
  return bind(Array.isArray(principals) ? principals : [principals]).map((to) => ({ by: 'policy', to, covers }));
}

function givenByPolicy(
  policy: PolicyDefinition | undefined,
  path: string,
  bind: Bind,
  files: ProjectFiles,
): readonly Given[] {
  if (policy === undefined) return [];
  if (Array.isArray(policy)) return policy.flatMap((statement) => givenByStatement(statement, bind));
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const text = files[`${folder}${policy.file}`];
  if (text === undefined) throw new Error(`${folder}${policy.file} is not there`);
  // AWS's own form, as the compiler has found it to be.
  const { Statement } = JSON.parse(text) as { Statement: FileStatement | FileStatement[] };
  return [Statement].flat().flatMap(({ Effect, Principal, Action, NotAction }) => {
    if (Effect === 'Deny') return [];
    const isMeant = anyOf([Action ?? NotAction ?? []].flat());
    const covers = Action === undefined ? (action: string) => !isMeant(action) : isMeant;
    const arns = Principal === '*' ? ['*'] : [Principal?.AWS ?? []].flat();
    return arns
      .flatMap((arn) => (arn === '*' ? ['everyone'] : bind([{ arn: textOf(arn) }])))
      .map((to) => ({ by: 'policy' as const, to, covers }));
  });
}

interface FileStatement {
  readonly Effect: string;
  readonly Principal?: '*' | { readonly AWS?: PolicyText | PolicyText[] };
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
}

/** CloudFormation's references to the deployment's own account and the like can stand in a policy file. */
type PolicyText = string | { readonly Ref: string } | { readonly 'Fn::Sub': string };

function textOf(text: PolicyText): string {
  if (typeof text === 'string') return text;
  const written = 'Ref' in text ? `\${${text.Ref}}` : text['Fn::Sub'];
  return written.replaceAll('${AWS::AccountId}', '${account}');
}

function holdersOf(
  reference: PrincipalReference,
  stack: StackModel,
  stacks: readonly StackModel[],
  project: Project,
  open: readonly string[] = [],
): readonly Holder[] {
  if (typeof reference !== 'string' && 'environment' in reference) {
    const { stack: named, environment, name } = reference;
    const instance = stacks.find((one) => one.definition.name === named && one.environment.name === environment);
    return instance === undefined ? [] : createdHolder(instance, name);
  }
  if (typeof reference !== 'string') return holderOf(reference, stack);
  const [first = '', second] = reference.split('.');
  if (second !== undefined) {
    const instances = stacks.filter(({ definition }) => definition.name === first);
    const beside = instances.filter(({ environment }) => environment.name === stack.environment.name);
    return (beside.length > 0 ? beside : instances).flatMap((other) => createdHolder(other, second));
  }
  if (stack.created.has(reference)) return createdHolder(stack, reference);
  const named = project.principals.get(reference)?.value;
  if (named === undefined) return ['everyone']; // `everyoneInAccount`
  if (!('anyOf' in named)) return holdersOf(named, stack, stacks, project);
  if (open.includes(reference)) return [];
  return named.anyOf.flatMap((member) => holdersOf(member, stack, stacks, project, [...open, reference]));
}

function createdHolder(stack: StackModel, name: string): readonly Holder[] {
  const created = stack.created.get(name);
  if (created === undefined) return [];
  const { role, user, group } = { role: undefined, user: undefined, group: undefined, ...created.definition.value };
  const own = role?.name ?? user?.name ?? group?.name;
  // A name that only a deployment decides, or one that others have to know: the caller knows it by the resource.
  return own === undefined
    ? [`created ${stack.name}/${created.id}`]
    : [`${created.kind} ${accountOf(stack)} ${own}`, `created ${stack.name}/${created.id}`];
}

/** An account names nobody by itself: whoever is in it needs a policy of its own as well. */
function holderOf(principal: InlinePrincipal, stack: StackModel): readonly Holder[] {
  if ('role' in principal) return [holderOfArn(principal.role, stack)];
  if ('user' in principal) return [holderOfArn(principal.user, stack)];
  if ('arn' in principal) return [holderOfArn(principal.arn, stack)];
  return 'anyone' in principal || 'organization' in principal || 'orgUnit' in principal ? ['everyone'] : [];
}

function holderOfArn(arn: string, stack: StackModel): Holder {
  const [, , , , account, resource = ''] = arn.replaceAll('${account}', accountOf(stack)).split(':');
  const [kind, ...path] = resource.split('/');
  return `${kind} ${account} ${path.at(-1)}`;
}

function accountOf({ environment }: StackModel): string {
  return environment.account ?? '111122223333';
}

function anyOf(patterns: readonly string[]): (action: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const escaped = pattern.replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`);
    return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
  });
  return (action) => expressions.some((expression) => expression.test(action));
}
