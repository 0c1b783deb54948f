import { createCollector } from '@keywright/core/diagnostics/result';
import { withReplicaArns } from '@keywright/core/ir/replica-arns';
import type { Reading, ResourceOrigin } from '@keywright/core/reading/reader';
import { collect } from './collect.ts';
import { joinReplicas } from './join-replicas.ts';
import { createNames } from './names.ts';
import { onlyInCloudFormation } from './only-cloudformation.ts';
import { withoutDangling, withoutUnneededPrincipals } from './prune.ts';
import { app, ownExpressions, stacksOf } from './stacks.ts';
import { type ParameterValues, parseTemplate, stackNameOf, type Template, type TemplateFile } from './template.ts';
import { createWorld } from './world.ts';

export interface TemplateOptions {
  /** Values for the parameters and logical ids of every template, by name. */
  readonly parameters?: ParameterValues;
}

/**
 * Reads CloudFormation templates in YAML or JSON as a program: a stack for each template, except that replicas join the stack of their
 * primary key. For a template that is deployed to several places, `files` has an entry for each place. A missing account or region becomes
 * `pseudo`. Never throws.
 */
export function readTemplates(files: readonly TemplateFile[], { parameters = {} }: TemplateOptions = {}): Reading {
  const collector = createCollector();
  const names = createNames();
  const named = files.flatMap((file): readonly (readonly [string, Template])[] => {
    const template = collector.take(parseTemplate(file, parameters));
    return template === undefined ? [] : [[names(stackNameOf(file)), template]];
  });
  const world = createWorld(named, parameters);
  const collection = collect(world);
  const { byTemplate, leftOut } = collection;
  const environments = joinReplicas(collection, world);
  for (const [template, all] of byTemplate) {
    const replicas = all.flatMap(({ resource }) => (resource.kind === 'replicaKey' ? [resource] : []));
    const { environment } = template.template;
    byTemplate.set(
      template,
      all.map((one) => ({
        ...one,
        resource: withReplicaArns(ownExpressions(one.resource, template, world), replicas, environment),
      })),
    );
  }
  withoutDangling(collection, world);
  withoutUnneededPrincipals(collection, world);
  for (const { from } of collection.replicas) if (byTemplate.get(from)?.length === 0) byTemplate.delete(from);
  collector.add(...collection.collector.diagnostics);
  const stacks = collector.take(stacksOf(byTemplate, environments, world));
  collector.add(...onlyInCloudFormation(byTemplate));
  return {
    program: { app, stacks },
    origins: new Map(
      [...byTemplate].map(([{ name }, all]) => [
        name,
        new Map(
          all.map(({ resource, entry }): [string, ResourceOrigin] => [
            resource.id,
            {
              address: entry.logicalId,
              ...(resource.kind === 'alias' && { physicalId: resource.aliasName }),
              ...('physicalName' in resource && { physicalId: resource.physicalName }),
            },
          ]),
        ),
      ]),
    ),
    leftOut,
    diagnostics: collector.diagnostics,
    sources: new Map(files.map(({ path, text }) => [path, { path, text }])),
  };
}
