/** Finds the environments that a name or pattern refers to. */
import { report } from '../diagnostics/diagnostic.ts';
import { fitsNoEnvironment, severalEnvironments } from '../diagnostics/environments.ts';
import { unknownName } from '../diagnostics/resolve.ts';
import type { Result } from '../diagnostics/result.ts';
import type { Environment } from '../ir/program.ts';
import { isLike } from '../language/like.ts';
import type { Located } from '../project/located.ts';
import type { Project } from '../project/project.ts';

/** Environments by name, in the order of the project. */
export type Members = ReadonlyMap<string, Environment>;

export interface EnvironmentSet {
  /** `name` if the text is the name of a single environment; stacks are named accordingly. */
  readonly kind: 'name' | 'group' | 'pattern';
  readonly environments: Members;
}

export interface EnvironmentFinder {
  /**
   * The environments that a name or pattern refers to: an environment, a group, or all environments of an account. Reports an unknown name
   * (KW2003), and a pattern or an account without environments (KW2100). A group without environments is reported where it is defined
   * (KW2103).
   */
  find(reference: Located<string>): Result<EnvironmentSet | undefined>;
  /**
   * The one environment that a name or pattern refers to. Reports several environments (KW2102), and a group without environments (KW2100).
   */
  findOne(reference: Located<string>): Result<Environment | undefined>;
  /** The environments of a group or pattern; none for a text that is neither. */
  members(name: string): Members;
  ofAccount(id: string): Members;
}

/** Finds environments among `all`. `groups` may be resolved later. */
export function createFinder(
  project: Project,
  all: Members,
  groups: ReadonlyMap<string, Members>,
  groupNames: readonly string[],
): EnvironmentFinder {
  const byAccount = environmentsByAccount(all);
  const ofAccount = (id: string): Members => byAccount.get(id) ?? new Map();

  const patterns = new Map<string, Members>();
  const matching = (pattern: string): Members => {
    const members = patterns.get(pattern) ?? new Map([...all].filter(([name]) => isLike(name, pattern)));
    patterns.set(pattern, members);
    return members;
  };

  const find = (reference: Located<string>): Result<EnvironmentSet | undefined> => {
    const { value: name, span } = reference;
    const environment = all.get(name);
    if (environment !== undefined) {
      return { value: { kind: 'name', environments: new Map([[name, environment]]) }, diagnostics: [] };
    }
    const group = groups.get(name);
    if (group !== undefined) return { value: { kind: 'group', environments: group }, diagnostics: [] };
    const account = project.accounts.get(name);
    if (account !== undefined) return notEmpty('group', ofAccount(account.value.id), reference, 'account');
    if (name.includes('*')) return notEmpty('pattern', matching(name), reference, 'pattern');
    const kind = groupNames.length > 0 ? 'environment or group' : 'environment';
    const candidates = [...new Set([...all.keys(), ...groupNames, ...project.accounts.keys()])];
    return { value: undefined, diagnostics: [report(unknownName, span, { kind, name, candidates })] };
  };

  return {
    find,
    findOne: (reference) => onlyOne(reference, find(reference)),
    members: (name) => groups.get(name) ?? (name.includes('*') ? matching(name) : new Map()),
    ofAccount,
  };
}

function environmentsByAccount(all: Members): ReadonlyMap<string, Members> {
  const byAccount = new Map<string, Map<string, Environment>>();
  for (const [name, environment] of all) {
    const { account = '' } = environment;
    byAccount.set(account, (byAccount.get(account) ?? new Map()).set(name, environment));
  }
  return byAccount;
}

/** Returns a set of environments, and reports a set without environments (KW2100). */
function notEmpty(
  kind: EnvironmentSet['kind'],
  environments: Members,
  { value: what, span }: Located<string>,
  shownKind: 'account' | 'pattern',
): Result<EnvironmentSet> {
  const value = { kind, environments };
  if (environments.size > 0) return { value, diagnostics: [] };
  return { value, diagnostics: [report(fitsNoEnvironment, span, { what, kind: shownKind })] };
}

/** The only environment in the set found for a reference; several environments are reported. */
function onlyOne(
  { value: name, span }: Located<string>,
  { value: set, diagnostics }: Result<EnvironmentSet | undefined>,
): Result<Environment | undefined> {
  const [first, ...others] = set?.environments ?? [];
  if (set !== undefined && others.length > 0) {
    const parameters = { reference: name, environments: [...set.environments.keys()] };
    return { value: undefined, diagnostics: [report(severalEnvironments, span, parameters)] };
  }
  if (set?.kind === 'group' && first === undefined && diagnostics.length === 0) {
    return { value: undefined, diagnostics: [report(fitsNoEnvironment, span, { what: name, kind: 'group' })] };
  }
  return { value: first?.[1], diagnostics };
}
