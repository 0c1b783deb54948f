import type * as core from 'aws-cdk-lib';
import { type Deployed, type DeployedTemplate, deploy, type Identity, World } from './compare/deployed.ts';
import type { Template, TemplateResource } from './compare/template.ts';
import { placeOf } from './source/places.ts';
import { stackOf, type Translation } from './translate/translation.ts';

/** Returns what the CDK creates for a project. */
export function deployTheirs(translation: Translation): Deployed {
  const { app, environments, stacks } = translation;
  const assembly = app.synth({ skipValidation: true });
  const templateOf = (construct: core.Stack) => assembly.getStackByName(construct.stackName).template as Template;
  const templates = [...stacks].flatMap(([stack, construct]): DeployedTemplate[] => {
    const replicas = new Map(
      [...stack.keys.values()].flatMap(({ replicas }) =>
        replicas.map((replica) => [stackOf(replica, translation), replica.environment] as const),
      ),
    );
    return [[construct, environments.get(stack) ?? {}] as const, ...replicas].map(([own, environment]) => ({
      stack,
      stackName: own.stackName,
      place: placeOf(environment),
      template: templateOf(own),
      identities: identitiesIn(own, translation),
      outputs: outputsIn(own, translation),
      given: () => undefined,
      elsewhere: () => undefined,
    }));
  });
  const places = new Map([...environments].map(([stack, environment]) => [stack, placeOf(environment)]));
  const deployed = deploy(templates, new World(places), isSharing);

  const names = new Map([...stacks].map(([stack, construct]) => [construct, stack.name]));
  const dependencies = [...stacks].flatMap(([stack, construct]) =>
    construct.dependencies.flatMap((other) => {
      const name = names.get(other);
      return name === undefined ? [] : [`${stack.name} depends on ${name}`]; // stacks of replicas are not in the model
    }),
  );
  return { ...deployed, facts: new Set([...deployed.facts, ...dependencies]) };
}

/** Whether a resource is the role that a stack of another account uses to read an output. */
function isSharing(logicalId: string, _resource: TemplateResource): boolean {
  return logicalId.startsWith('PublishGetStackOutput');
}

function identitiesIn(stack: core.Stack, translation: Translation): ReadonlyMap<string, Identity> {
  const { library, created, keys, aliases } = translation;
  const identities = new Map<string, Identity>();
  const add = (construct: core.Resource, identity: Identity) => {
    if (library.core.Stack.of(construct) !== stack) return;
    const element = construct.node.defaultChild as core.CfnElement; // true of everything created here
    identities.set(String(stack.resolve(element.logicalId)), identity);
  };
  for (const [key, construct] of keys) add(construct, { kind: 'key', key });
  for (const [principal, construct] of created) add(construct, { kind: 'principal', created: principal });
  for (const construct of aliases.values()) {
    const { aliasName } = construct.node.defaultChild as unknown as { readonly aliasName: string }; // a CfnAlias
    add(construct, { kind: 'alias', aliasName });
  }
  return identities;
}

function outputsIn(stack: core.Stack, { library, outputs }: Translation): ReadonlyMap<string, string> {
  const own = [...outputs].filter(([output]) => library.core.Stack.of(output) === stack);
  return new Map(own.map(([output, name]) => [String(stack.resolve(output.logicalId)), name]));
}
