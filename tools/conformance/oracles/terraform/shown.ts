import type { Outcome } from '../../kit/terraform/run-terraform.ts';

/** A resource in the output of `terraform show -json`. Every expression is evaluated. */
export interface ShownResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** `true` for a value that Terraform does not print, because it comes from a secret. */
  readonly sensitive_values?: Readonly<Record<string, unknown>>;
}

export interface ShownState {
  /** The resources by address, without data sources. */
  readonly resources: ReadonlyMap<string, ShownResource>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface StateJson {
  readonly values?: {
    readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
    readonly root_module?: ModuleJson;
  };
}

interface ModuleJson {
  readonly resources?: readonly (ShownResource & { readonly mode: string })[];
  readonly child_modules?: readonly ModuleJson[];
}

/** Returns the resources of a module and of the modules below it, with their addresses in the root module. */
function resourcesIn({ resources = [], child_modules = [] }: ModuleJson): NonNullable<ModuleJson['resources']> {
  return [...resources, ...child_modules.flatMap(resourcesIn)];
}

export function shownState({ stdout }: Outcome): ShownState {
  const { values = {} } = JSON.parse(stdout) as StateJson; // Terraform promises this format
  const managed = resourcesIn(values.root_module ?? {}).filter(({ mode }) => mode === 'managed');
  return {
    resources: new Map(managed.map((resource) => [resource.address, resource])),
    outputs: Object.fromEntries(Object.entries(values.outputs ?? {}).map(([name, { value }]) => [name, value])),
  };
}

/** A plan's action on one resource. */
export interface ShownChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly change: {
    /** `no-op`, `create`, `update`, `delete` or `forget`; two of them for a replacement. */
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly importing?: { readonly id: string };
  };
}

export function shownPlan({ stdout }: Outcome): readonly ShownChange[] {
  const { resource_changes = [] } = JSON.parse(stdout) as {
    resource_changes?: readonly (ShownChange & { mode: string })[];
  };
  return resource_changes.filter(({ mode }) => mode === 'managed');
}

interface Message {
  readonly type: string;
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail: string };
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
}

function messagesIn({ stdout }: Outcome): readonly Message[] {
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Message); // Terraform promises this format
}

/** Returns the actions in the output of `plan -json`, by address: `create`, `update`, `replace`, `delete`. */
export function announced(outcome: Outcome): ReadonlyMap<string, string> {
  const changes = messagesIn(outcome).flatMap(({ type, change }) =>
    type === 'planned_change' && change ? [change] : [],
  );
  return new Map(changes.map(({ resource, action }) => [resource.addr, action]));
}

/** Returns, from the output of `plan -json`, the addresses that Terraform refuses to destroy, and all other errors. */
export function refusals(outcome: Outcome): {
  readonly kept: ReadonlySet<string>;
  readonly problems: readonly string[];
} {
  const kept = new Set<string>();
  const problems: string[] = [];
  for (const { diagnostic } of messagesIn(outcome)) {
    if (diagnostic?.severity !== 'error') continue;
    const [, address] = /^Resource (\S+) has lifecycle\.prevent_destroy set/.exec(diagnostic.detail) ?? [];
    if (address === undefined) problems.push(`${diagnostic.summary}: ${diagnostic.detail}`);
    else kept.add(address);
  }
  return { kept, problems };
}
