import type { Environment } from '@keywright/core/ir/program';
import { type CreatedModel, keysOf, type StackModel } from '@keywright/core/resolve/model';
import { distinctNames, environmentOf, logicalIdOf, logicalName } from '@keywright/emit-cfn/names';
import { boundTemplates } from '../../../../packages/cli/src/testing/bound-templates.ts';
import { deploymentSteps } from '../../../../packages/emit-cfn/src/deployment-steps.test-support.ts';
import type { Subject } from '../../subject.ts';
import { type Deployed, type DeployedTemplate, deploy, type Identity, World } from './compare/deployed.ts';
import type { Limit } from './compare/limits.ts';
import { readTemplate } from './compare/template.ts';
import { placeOf } from './source/places.ts';

/** Returns what Keywright's templates create if they are deployed as `deployments.json` says. */
export function deployOurs(
  subject: Subject,
  environments: ReadonlyMap<StackModel, Environment>,
  limits: Limit[],
): Deployed {
  const files = boundTemplates(subject.program, subject.files);
  const places = new Map([...environments].map(([stack, environment]) => [stack, placeOf(environment)]));
  const world = new World(places, isKnownName);
  const templates: DeployedTemplate[] = [];
  for (const stack of environments.keys()) {
    if (stack.targets.includes('cfn')) continue;
    // Other tools give principals the names that docs/semantics.md defines.
    for (const created of stack.created.values()) world.remember(knownName(created), created);
  }
  const elsewhere = (parameterName: string) => sharedBy(parameterName, environments, world);
  const nameOf = new Map<string, string>();
  const dependencies: string[] = [];
  const known = [...environments].flatMap(([stack, environment]) => [
    { stack, replica: undefined, place: placeOf(environment), name: stack.name },
    ...stack.replicaEnvironments.map((replica) => ({
      stack,
      replica,
      place: placeOf(replica),
      name: `${stack.name}-${replica.name}`,
    })),
  ]);

  for (const step of deploymentSteps(files)) {
    const name = step.template.replace(/\.template\.(yaml|json)$/, '');
    const found = known.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no stack for ${step.template}`);
    const { stack, replica, place } = found;
    const template = readTemplate(files.get(`cfn/${step.template}`) ?? '');
    const asked = Object.entries(replica === undefined ? (stack.definition.value.outputs ?? {}) : {});
    const ids = distinctNames(new Map(asked.map(([output]) => [output, logicalName(output)])), new Set());
    const outputs = { ...template.Outputs };
    for (const [output, written] of asked) {
      const id = ids.get(output) ?? '';
      const own = outputs[id];
      // The CDK writes only descriptions that the user wrote, so other descriptions are not compared.
      if (own !== undefined && (typeof written === 'string' || written.description === undefined))
        outputs[id] = { ...own, Description: '' };
    }
    templates.push({
      stack,
      stackName: step.stack,
      place,
      template: { ...template, Outputs: outputs },
      identities: identitiesIn(subject, stack, replica),
      outputs: new Map([...ids].map(([output, id]) => [id, output])),
      given: (parameter) => step.parameters[parameter],
      elsewhere,
    });
    if (replica !== undefined) continue;
    nameOf.set(step.stack, stack.name);
    const others = [...step.dependsOn.map((other) => nameOf.get(other) ?? other), ...(step.after ?? [])];
    for (const other of others) dependencies.push(`${stack.name} depends on ${other}`);
  }
  const deployed = deploy(templates, world, (_, { Type }) => {
    if (Type !== 'AWS::SSM::Parameter') return false;
    limits.push({ name: 'parameter' });
    return true;
  });
  return { ...deployed, facts: new Set([...deployed.facts, ...dependencies]) };
}

/** Returns the name of a principal, if other stacks have to know it before the principal exists. */
function knownName({ name, stack }: CreatedModel): string {
  return `${stack.app}-${stack.name}-${name}`;
}

/** Whether a name is the known name. A known name that is longer than IAM accepts is cut and followed by a hash. */
function isKnownName(name: string, created: CreatedModel): boolean {
  const known = knownName(created);
  return known.length > 64 ? name.length === 64 && name.startsWith(known.slice(0, 55)) : name === known;
}

/** Returns the resources of one template, by logical ids, which docs/targets.md defines. */
function identitiesIn(
  subject: Subject,
  stack: StackModel,
  replica: Environment | undefined,
): ReadonlyMap<string, Identity> {
  const known = new Map<string, Identity>([
    ...keysOf(stack).map((key) => [key.id, { kind: 'key', key }] as const),
    ...[...stack.created.values()].map((created) => [created.id, { kind: 'principal', created }] as const),
    ...[...keysOf(stack), ...stack.imports.values()].flatMap(({ aliases }) =>
      aliases.map(({ id, aliasName }) => [id, { kind: 'alias', aliasName }] as const),
    ),
  ]);
  const own = subject.program.stacks.find(({ name }) => name === stack.name);
  return new Map(
    (own?.resources ?? []).flatMap((resource) => {
      const identity = known.get(resource.id);
      const isHere = own !== undefined && environmentOf(resource, own)?.name === replica?.name;
      return identity !== undefined && isHere ? [[logicalIdOf(resource), identity] as const] : [];
    }),
  );
}

/** Returns the value that a stack of Terraform or Pulumi writes into the SSM parameter of this name. */
function sharedBy(parameterName: string, environments: ReadonlyMap<StackModel, Environment>, world: World) {
  const [, stackName, section, name = '', attribute] =
    /^\/keywright\/[^/]+\/([^/]+)\/(keys|principals)\.([^.]+)\.(arn|id)$/.exec(parameterName) ?? [];
  const [stack, environment] = [...environments].find(([one]) => one.name === stackName) ?? [];
  const key = section === 'keys' ? stack?.keys.get(name) : undefined;
  const created = section === 'principals' ? stack?.created.get(name) : undefined;
  const identity: Identity | undefined = key ? { kind: 'key', key } : created && { kind: 'principal', created };
  if (stack === undefined || environment === undefined || identity === undefined) return undefined;
  const value = world.attribute(identity, attribute === 'arn' ? 'Arn' : 'Ref', { place: placeOf(environment) });
  return { value, from: stack.name };
}
