/** Reads back the templates generated for CloudFormation, for a comparison with the program. */
import { resourceIn } from '@keywright/core/emit/references';
import { literal } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';
import { rewrite } from '@keywright/core/ir/rewrite';
import { placeOf } from '@keywright/core/resolve/place';
import { cloudFormationStackName, environmentOf, logicalIdOf, templateName } from '@keywright/emit-cfn/names';
import { readTemplates, type TemplateFile } from '@keywright/read-cfn';
import { createNames } from '@keywright/read-cfn/names';
import { comparable } from '../../../core/src/testing/comparable.ts';
import { deploymentSteps } from '../../../emit-cfn/src/deployment-steps.test-support.ts';
import { type Meanings, ofStack, type ReadBack } from './read-back.ts';

/** Returns the templates, with the parameters that a deployment in the order of deployments.json passes. */
function templatesIn(files: ReadonlyMap<string, string>): readonly TemplateFile[] {
  return deploymentSteps(files).map(({ template, stack, parameters, ...step }) => ({
    ...step,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, given]) => [
        name,
        given.value === undefined ? given : String(given.value),
      ]),
    ),
    path: `cfn/${template}`,
    text: files.get(`cfn/${template}`) ?? '',
    stackName: stack,
  }));
}

/** Leaves out SSM parameters that only the user reads: they have nothing to do with keys, so an import does not read them. */
function aboutKeys(stack: Stack): Stack {
  const isForUser = (one: Resource) => one.kind === 'sharedParameter' && !one.parameterName.startsWith('/keywright/');
  return { ...stack, resources: stack.resources.filter((one) => !isForUser(one)) };
}

/** Names in the YAML, which a template does not contain. */
const unsaid = ['name', 'keyName', 'environmentName', 'byRegion'];

/** Returns the resources of stacks, by the name of their template. Values of other stacks are resolved. */
function meaningOf(stacks: readonly Stack[], labelOf: (stack: Stack) => string): Meaning {
  const nameOf = (resource: Resource) => `${resource.region ?? ''} ${logicalIdOf(resource)}`;
  const exported = new Map(
    stacks.flatMap((stack) =>
      stack.exports.map(({ id, value }) => {
        const resource =
          value.kind === 'reference' ? stack.resources.find((one) => one.id === value.resource) : undefined;
        const name =
          resource === undefined
            ? JSON.stringify(value)
            : `${nameOf(resource)} ${'attribute' in value ? value.attribute : ''}`;
        return [`${stack.name}/${id}`, `${labelOf(stack)}: ${name}`] as const;
      }),
    ),
  );
  const withoutStacks = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withoutStacks);
    if (typeof value !== 'object' || value === null) return value;
    const { kind, stack, export: id } = value as Readonly<Record<string, unknown>>;
    if (kind === 'crossStack') return exported.get(`${stack}/${id}`) ?? `${stack}/${id} is not exported`;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutStacks(inner)]));
  };
  return Object.fromEntries(
    stacks.map((stack) => [
      labelOf(stack),
      {
        resources: Object.fromEntries(
          Object.entries(comparable(placed(aboutKeys(stack)), nameOf, unsaid)).map(([name, said]) => [
            name,
            withoutStacks(said),
          ]),
        ),
        outputs: placed(stack).outputs.map(({ value }) =>
          withoutStacks(
            rewrite(value, (atom) =>
              atom.kind === 'reference'
                ? literal(`<${nameOf(resourceIn(stack, atom.resource))}.${atom.attribute}>`)
                : atom,
            ),
          ),
        ),
      },
    ]),
  );
}

/** Replaces `AWS::AccountId` and the like with the place of a stack, if it is known. */
function placed(stack: Stack): Stack {
  return {
    ...stack,
    outputs: rewrite(stack.outputs, (atom) => (atom.kind === 'pseudo' ? placeOf(stack.environment)[atom.name] : atom)),
    resources: stack.resources.map((resource) => {
      const place = placeOf(environmentOf(resource, stack) ?? stack.environment);
      return rewrite(resource, (atom) => (atom.kind === 'pseudo' ? place[atom.name] : atom));
    }),
  };
}

/** Leaves out principals that no key, alias or policy refers to, because an import leaves them to their owner. */
function withoutUnneeded(stacks: readonly Stack[]): readonly Stack[] {
  const isPrincipal = ({ kind }: Resource) => kind === 'role' || kind === 'user' || kind === 'group';
  const needed = new Set<Resource>();
  const visit = (piece: unknown, stack: Stack): void => {
    if (typeof piece !== 'object' || piece === null) return;
    const { kind, resource: id, stack: other, export: exportId } = piece as Readonly<Record<string, unknown>>;
    if (kind === 'crossStack') {
      const producer = stacks.find(({ name }) => name === other);
      if (producer !== undefined) visit(producer.exports.find((one) => one.id === exportId)?.value, producer);
    }
    const found = kind === 'reference' ? stack.resources.find((one) => one.id === id) : undefined;
    if (found !== undefined && !needed.has(found)) {
      needed.add(found);
      if (isPrincipal(found)) visit(found, stack);
    }
    for (const inner of Object.values(piece)) visit(inner, stack);
  };
  for (const stack of stacks) for (const one of stack.resources) if (!isPrincipal(one)) visit(one, stack);
  return stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.filter((one) => !isPrincipal(one) || needed.has(one)),
  }));
}

/** The meaning of stacks, by name: resources by their names in CloudFormation, and the values of outputs. */
type Meaning = Readonly<
  Record<string, { readonly resources: Readonly<Record<string, unknown>>; readonly outputs: readonly unknown[] }>
>;

function flat(meaning: Meaning): Meanings {
  return Object.assign(
    {},
    ...Object.entries(meaning).map(([name, { resources, outputs }]) =>
      ofStack(name, { ...resources, 'its outputs': outputs }),
    ),
  );
}

/** Reads back `files`, the generated files by path below the output folder. */
export function readBackCfn(program: Program, files: ReadonlyMap<string, string>): ReadBack {
  const stacks = program.stacks.filter((stack) => stack.targets.includes('cfn'));
  const templates = templatesIn(files);
  const reading = readTemplates(templates);
  const nameOfStack = new Map(
    stacks.map((stack) => [cloudFormationStackName(stack.app, templateName(stack)), stack.name]),
  );
  const nameOfRead = createNames();
  const labels = new Map(
    templates.map(({ stackName = '' }) => [nameOfRead(stackName), nameOfStack.get(stackName) ?? stackName]),
  );
  const labelOf = ({ name }: Stack) => labels.get(name) ?? name;
  const expected = meaningOf(withoutUnneeded(stacks), ({ name }) => name);
  // The user's outputs come first, then outputs that pass values to the templates of replicas.
  const read = Object.entries(meaningOf(reading.program.stacks, labelOf)).map(([name, { resources, outputs }]) => [
    name,
    { resources, outputs: outputs.slice(0, expected[name]?.outputs.length) },
  ]);
  return {
    problems: reading.diagnostics.map(({ code, message }) => `${code} ${message}`),
    read: flat(Object.fromEntries(read)),
    expected: flat(expected),
  };
}
