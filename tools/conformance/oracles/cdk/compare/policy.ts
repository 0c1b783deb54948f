import { listOf } from '../source/list.ts';

export interface PolicyOwner {
  readonly kind: 'key' | 'identity' | 'trust';
  /** For example `key first.orders`, `policy of role api in first` or `trust of role first.api`. */
  readonly label: string;
  /** The stack of the model whose template has the policy. */
  readonly stack: string;
}

/** A statement in a canonical form: everything that has no order in IAM is sorted. Equal statements have equal text. */
export interface Statement {
  /** Absent without a sid. IAM ignores `''`, but Keywright treats it as a sid. */
  readonly sid?: string;
  readonly effect: string;
  /** For example `AWS arn:…` or `Service …`. The principals of a `NotPrincipal` form one text, since they cannot be split. */
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: string;
}

/** The part of a statement about one principal, one action and one resource. Policies with the same meaning have the same permissions. */
export interface Permission {
  readonly sid: string;
  readonly effect: string;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly condition: string;
}

/** Permissions by their text. */
export type Permissions = ReadonlyMap<string, Permission>;

interface RawStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: RawPrincipal;
  readonly NotPrincipal?: RawPrincipal;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type RawPrincipal = string | Readonly<Record<string, string | readonly string[]>>;

const knownParts = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
]);

/**
 * Returns the statements of a policy document, with evaluated values. Each occurs only once, in an order that does not depend on the
 * document.
 */
export function readPolicy(document: unknown): readonly Statement[] {
  // `Id` is not compared, because the CDK's policies have none.
  const { Version, Id: _, Statement, ...others } = (document ?? {}) as Readonly<Record<string, unknown>>;
  const strange = Object.keys(others);
  if (strange.length > 0) throw new Error(`a policy document has ${strange.join(', ')}`);
  if (Version !== undefined && Version !== '2012-10-17') throw new Error(`a policy is of version ${Version}`);
  const byText = new Map(
    listOf(Statement as RawStatement | readonly RawStatement[] | undefined).map((raw) => {
      const statement = readStatement(raw);
      return [JSON.stringify(statement), statement] as const;
    }),
  );
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, statement]) => statement);
}

function readStatement(raw: RawStatement): Statement {
  const strange = Object.keys(raw).filter((part) => !knownParts.has(part));
  if (strange.length > 0) throw new Error(`a statement has ${strange.join(', ')}`);
  return {
    ...(raw.Sid !== undefined && { sid: raw.Sid }),
    effect: raw.Effect,
    principals: parts(principalTexts(raw.Principal), principalTexts(raw.NotPrincipal)),
    actions: parts(listOf(raw.Action), listOf(raw.NotAction)),
    resources: parts(listOf(raw.Resource), listOf(raw.NotResource)),
    condition: conditionText(raw.Condition),
  };
}

/** Returns each named value, or all excluded values as one text. */
function parts(named: readonly string[], excluded: readonly string[]): readonly string[] {
  return excluded.length > 0 ? [`not ${JSON.stringify(sorted(excluded))}`] : sorted(named);
}

/**
 * Returns the principals as texts. `"*"` and `{ AWS: "*" }` mean the same: IAM User Guide, "AWS JSON policy elements: Principal", "All
 * principals".
 */
function principalTexts(principal: RawPrincipal | undefined): readonly string[] {
  if (principal === undefined) return [];
  if (typeof principal === 'string') return [`AWS ${principal}`];
  return Object.entries(principal).flatMap(([kind, values]) =>
    listOf<string>(values).map((value) => `${kind} ${value}`),
  );
}

/** Returns a condition as text. Values are compared as text, since IAM treats `true` and `"true"` alike. */
function conditionText(condition: RawStatement['Condition']): string {
  const tests = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => JSON.stringify([operator, key, sorted(listOf(values).map(String))])),
  );
  return sorted(tests).join(' and ');
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

const known = new WeakMap<readonly Statement[], Permissions>();

export function permissionsOf(statements: readonly Statement[]): Permissions {
  const remembered = known.get(statements);
  if (remembered !== undefined) return remembered;
  const permissions = new Map<string, Permission>();
  for (const { sid = '', effect, principals, actions, resources, condition } of statements) {
    for (const principal of principals.length > 0 ? principals : ['']) {
      for (const action of actions) {
        for (const resource of resources.length > 0 ? resources : ['']) {
          const permission = { sid, effect, principal, action, resource, condition };
          permissions.set(JSON.stringify(permission), permission);
        }
      }
    }
  }
  known.set(statements, permissions);
  return permissions;
}
