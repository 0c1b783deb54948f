/** Makes one CloudFormation template for each deployment of the templates that several deployments share. */
import type { Program } from '@keywright/core/ir/program';
import { cloudFormationStackName, replicaPlaces, templateName } from '@keywright/emit-cfn/names';
import type { DeploymentStep } from '../../../emit-cfn/src/deployment-steps.test-support.ts';
import { readYaml } from '../../../emit-cfn/src/read-back.test-support.ts';

interface Parameter {
  readonly Type: string;
  readonly Default?: string | number;
}

type Values = ReadonlyMap<string, string | number>;

/**
 * Returns the files with a separate template for each stack. Parameters with a value in deployments.json are replaced by this value, as
 * CloudFormation would do; other parameters stay. In the returned deployments.json, each stack names its own template.
 */
export function boundTemplates(program: Program, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const order = files.get('cfn/deployments.json');
  if (order === undefined) return files;
  const { steps, ...rest } = JSON.parse(order) as { readonly steps: readonly DeploymentStep[] }; // our own format: see docs/targets.md
  const names = new Map(
    program.stacks.flatMap((stack) =>
      [undefined, ...replicaPlaces(stack)].map((environment) => {
        const name = templateName(stack, environment);
        return [cloudFormationStackName(stack.app, name), name] as const;
      }),
    ),
  );
  const isShared = (template: string) => steps.filter((step) => step.template === template).length > 1;
  const shared = new Set<string>();
  const bound = new Map<string, string>();
  const own = steps.map((step) => {
    const [name, ending] = [names.get(step.stack), /\.template\.(yaml|json)$/.exec(step.template)?.[0]];
    if (name === undefined || ending === undefined) return step;
    const given = Object.entries(step.parameters).flatMap(([parameter, { value }]) =>
      value === undefined ? [] : [[parameter, value] as const],
    );
    if (step.template === `${name}${ending}` && given.length === 0 && !isShared(step.template)) return step;
    const text = files.get(`cfn/${step.template}`) ?? '';
    shared.add(`cfn/${step.template}`);
    bound.set(`cfn/${name}${ending}`, `${JSON.stringify(boundTemplate(readYaml(text), new Map(given)), null, 2)}\n`);
    const parameters = Object.entries(step.parameters).filter(([, { value }]) => value === undefined);
    return { ...step, template: `${name}${ending}`, parameters: Object.fromEntries(parameters) };
  });
  if (shared.size === 0) return files;
  return new Map([
    ...[...files].filter(([path]) => !shared.has(path)),
    ...bound,
    ['cfn/deployments.json', JSON.stringify({ ...rest, steps: own })] as const,
  ]);
}

function boundTemplate(template: unknown, given: Values): unknown {
  const { Parameters = {}, ...rest } = template as { readonly Parameters?: Readonly<Record<string, Parameter>> };
  // CloudFormation reads the value of such a parameter from SSM; deployments.json has only the name of the SSM parameter.
  const isName = (name: string) => Parameters[name]?.Type.startsWith('AWS::SSM::') ?? false;
  const values = new Map([...given].filter(([name]) => name in Parameters && !isName(name)));
  const left = Object.entries(Parameters).flatMap(([name, parameter]) => {
    if (values.has(name)) return [];
    const value = given.get(name);
    return [[name, value === undefined ? parameter : { ...parameter, Default: value }]];
  });
  return { Parameters: Object.fromEntries(left), ...(boundValue(rest, values) as object) }; // an object remains one
}

function boundValue(value: unknown, values: Values): unknown {
  if (Array.isArray(value)) return value.map((item) => boundValue(item, values));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && typeof argument === 'string') {
    if (name === 'Ref' && values.has(argument)) return values.get(argument);
    if (name === 'Fn::Sub') return boundText(argument, values);
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, boundValue(inner, values)]));
}

/** Fills values into the text of a `Fn::Sub`. Returns a smaller `Fn::Sub`, or plain text if nothing is left to fill in. */
function boundText(text: string, values: Values): unknown {
  const filled = text.replaceAll(/\$\{([^}!][^}]*)\}/g, (written, name: string) =>
    values.has(name) ? String(values.get(name)).replaceAll('${', '${!') : written,
  );
  if (/\$\{(?!!)/.test(filled)) return { 'Fn::Sub': filled };
  return filled.replaceAll('${!', '${');
}
