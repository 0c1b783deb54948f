import { orderByNeeds } from '@keywright/core/stacks/dependency-order';
import type { KeysProject } from './keys-project.ts';

interface Named {
  readonly name: string;
  readonly project: KeysProject;
}

/**
 * Returns the dependencies between projects, by name: a project that names an alias, role or user depends on the project that creates it.
 * Dependencies that would close a circle are dropped, since Nx cannot run a circle.
 */
export function needsBetween(projects: readonly Named[]): ReadonlyMap<string, readonly string[]> {
  const makers = new Map<string, string>();
  for (const { name, project } of projects) for (const made of project.makes) makers.set(made, name);
  const needs = new Map(
    projects.map(({ name, project }) => {
      const makersNeeded = [...project.needs].flatMap((needed) => makers.get(needed) ?? []);
      return [name, [...new Set(makersNeeded)].sort().map((to) => ({ to }))] as const;
    }),
  );
  const order = orderByNeeds(
    needs.keys(),
    (name) => needs.get(name) ?? [],
    () => {},
  );
  const positions = new Map(order.map((name, at) => [name, at]));
  const isBefore = (one: string, other: string) => (positions.get(one) ?? 0) < (positions.get(other) ?? 0);
  return new Map(
    [...needs].map(([name, its]) => [name, its.map(({ to }) => to).filter((to) => isBefore(to, name))] as const),
  );
}
