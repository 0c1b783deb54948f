import type { FormerStack, Stack } from '@keywright/core/ir/program';
import { projectOf, pulumiStackOf } from './names.ts';
import type { PulumiOptions } from './options.ts';

/** A stack in Pulumi's backend. */
export interface Place {
  /** The stack's name in `keywright.yaml`. */
  readonly name: string;
  readonly project: string;
  readonly stack: string;
  /** `organization/project/stack`. */
  readonly path: string;
}

/** Finds stacks in Pulumi's backend, at present and in earlier builds. */
export interface Backend {
  placeOf(stack: Stack): Place;
  /** Where a stack, or one of its resources, was in an earlier build. */
  formerPlaceOf(stack: Stack, former: FormerStack): Place;
  /** Like `formerPlaceOf`, but with the stack's present name. */
  presentPlaceOf(stack: Stack, former: FormerStack): Place;
  /** Where a whole stack was in earlier builds, oldest first. */
  formerPlacesOf(stack: Stack): readonly Place[];
}

export function createBackend(
  stacks: readonly Stack[],
  { stackName, organization = 'ORGANIZATION' }: PulumiOptions,
): Backend {
  const placeOf = (located: Pick<Stack, 'app' | 'name' | 'definition' | 'environment'>): Place => {
    const project = projectOf(located);
    const stack = pulumiStackOf(located) ?? stackName ?? 'STACK';
    return { name: located.name, project, stack, path: `${organization}/${project}/${stack}` };
  };
  const formerPlaceOf = ({ app }: Stack, { name, definition, environment }: FormerStack): Place =>
    placeOf({
      app,
      name,
      ...(definition !== undefined && { definition }),
      environment: environment === undefined ? {} : { name: environment },
    });
  const formerPlacesOf = (stack: Stack): readonly Place[] => {
    const places = (stack.formerStacks ?? []).map((former) => formerPlaceOf(stack, former));
    const byPath = new Map(places.map((place) => [place.path, place]));
    byPath.delete(placeOf(stack).path);
    return [...byPath.values()];
  };
  const renamed = new Map(
    stacks.flatMap((stack) => formerPlacesOf(stack).map(({ path }) => [path, placeOf(stack)] as const)),
  );
  return {
    placeOf,
    formerPlaceOf,
    presentPlaceOf(stack, former) {
      const place = formerPlaceOf(stack, former);
      return renamed.get(place.path) ?? place;
    },
    formerPlacesOf,
  };
}

/** Returns `urn:pulumi:<stack>::<project>::<type>::<name>`. */
export function urnOf({ project, stack }: Place, typeAndName: string): string {
  return `urn:pulumi:${stack}::${project}::${typeAndName}`;
}
