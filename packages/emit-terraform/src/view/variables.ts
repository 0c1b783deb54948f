import { byName } from '@keywright/core/collections/by-name';
import type { Parameter } from '@keywright/core/emit/declared-parameters';
import { describeExport } from '@keywright/core/emit/output-description';
import type { Parameters } from '@keywright/core/emit/parameters';
import { parameterImport } from '@keywright/core/emit/references';
import type { CrossStack, Pseudo } from '@keywright/core/ir/expression';
import type { Stack, StackImport } from '@keywright/core/ir/program';
import { limits } from '@keywright/core/kms/limits';
import { snakeCase, variableName } from '../names.ts';
import type { PrintScope } from '../print/scope.ts';
import { quote } from '../print/text.ts';

export interface Variable {
  readonly name: string;
  readonly type: 'string' | 'number';
  readonly description: string;
  readonly range?: Range;
  /** The variable's value in a deployment: text, a number, or a value of another stack. */
  readonly valueOf: (stack: Stack) => string | number | CrossStack;
}

interface Range {
  readonly minimum: number;
  readonly maximum: number;
  readonly problem: string;
}

/** The values that a module needs from outside, collected while its resources and outputs are printed. */
export interface ModuleScope extends PrintScope {
  /** The facts about the place of the deployment that the code has used so far. */
  readonly pseudos: () => ReadonlySet<Pseudo['name']>;
  /** The values of other stacks, as a deployment refers to them. */
  readonly imports: (stack: Stack) => readonly StackImport[];
  /** Sorted by name. */
  readonly variables: () => readonly Variable[];
}

/** Arguments of a `module` block that Terraform reserves. Source: Terraform language, "module block reference". */
const reserved = ['source', 'version', 'providers', 'count', 'for_each', 'lifecycle', 'depends_on', 'locals'];

/** Collects the values of a program's module, which is printed for its `first` deployment. */
export function createModuleScope(first: Stack, { declared, valuesOf }: Parameters): ModuleScope {
  const taken = new Set(reserved);
  const names = new Map<string, string>();
  const nameOf = (identity: string, preferred: () => string): string => {
    const earlier = names.get(identity);
    if (earlier !== undefined) return earlier;
    const wanted = preferred();
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`;
    taken.add(name);
    names.set(identity, name);
    return name;
  };
  const nameOfParameter = (name: string): string =>
    nameOf(`parameter ${name}`, () => variableName(declared().find((one) => one.name === name)?.words ?? []));
  const pseudos = new Set<Pseudo['name']>();
  const used = new Map<string, number>();

  const variableOf = (parameter: Parameter): Variable => {
    const { name, type, description } = parameter;
    const range = rangeOf(parameter);
    return {
      name: nameOfParameter(name),
      type: type === 'number' ? 'number' : 'string',
      description,
      ...(range !== undefined && { range }),
      valueOf: (stack) => valuesOf(stack).get(name) ?? '',
    };
  };

  return {
    ofParameter: nameOfParameter,
    ofShared(part) {
      const index = first.imports.findIndex((entry) => entry.stack === part.stack && entry.export === part.export);
      const entry = first.imports[index];
      if (entry === undefined) throw new Error(`stack ${first.name} has no import ${part.export} from ${part.stack}`);
      const name = nameOf(`shared ${index}`, () => snakeCase([entry.definition ?? entry.stack, entry.export]));
      used.set(name, index);
      return name;
    },
    use: (name) => pseudos.add(name),
    pseudos: () => pseudos,
    imports: (stack) => [...used.values()].sort((one, other) => one - other).map((index) => importAt(stack, index)),
    variables() {
      const shared = [...used].map(([name, index]): Variable => {
        const { stack, definition, export: id } = importAt(first, index);
        return {
          name,
          type: 'string',
          description: `${describeExport(id)} in stack ${definition ?? stack}`,
          valueOf: (one) => ({ kind: 'crossStack', stack: importAt(one, index).stack, export: id }),
        };
      });
      return [...declared().map(variableOf), ...shared].sort(byName);
    },
  };
}

/** The imports of all deployments of a program have the same order. */
function importAt({ name, imports }: Stack, index: number): StackImport {
  const entry = imports[index];
  if (entry === undefined) throw new Error(`stack ${name} lacks an import of its program`);
  return entry;
}

/** Whether the value of an import comes from SSM, not from the state of the other stack. */
export function isParameter({ stack, export: id }: StackImport, consumer: Stack): boolean {
  return parameterImport({ kind: 'crossStack', stack, export: id }, consumer, 'terraform') !== undefined;
}

/** The ranges of values that KMS accepts, by argument. */
const ranges: Readonly<Record<string, Range>> = {
  deletion_window_in_days: { ...limits.pendingWindowDays, problem: 'KMS waits 7 to 30 days before it deletes a key.' },
  rotation_period_in_days: { ...limits.rotationPeriodDays, problem: 'KMS rotates a key every 90 to 2560 days.' },
};

function rangeOf({ words, type }: Parameter): Range | undefined {
  const argument = type === 'number' ? words.find((word) => Object.hasOwn(ranges, word)) : undefined;
  return argument === undefined ? undefined : ranges[argument];
}

export function variableView({ name, type, description, range }: Variable) {
  return {
    name: quote(name),
    type,
    description: quote(description),
    validation: range && {
      condition: `var.${name} >= ${range.minimum} && var.${name} <= ${range.maximum}`,
      message: quote(range.problem),
    },
  };
}
