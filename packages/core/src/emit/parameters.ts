/** Finds what differs between the deployments of a program, by comparing the values of all of them. */
import type { Stack } from '../ir/program.ts';
import { DeclaredParameters, type Parameter } from './declared-parameters.ts';
import { Fold } from './fold.ts';
import { failShape, plainOf } from './row-values.ts';
import type { Rows, RowValue } from './rows.ts';
import { hasParameters, type StackProgram } from './stack-programs.ts';

/** Merges the rows of all deployments into rows that hold for every deployment, and collects the parameters in them. */
export interface Parameters {
  /** `words`: the subject of the rows, such as a key's name. `of`: the rows of one deployment. */
  rows(words: readonly string[], of: (stack: Stack) => Rows): Rows;
  value(words: readonly string[], of: (stack: Stack) => RowValue): RowValue;
  /** The parameters used so far, in the order of their first use. */
  declared(): readonly Parameter[];
  /** A deployment's values for the parameters, by name, in the same order. */
  valuesOf(stack: Stack): ReadonlyMap<string, string | number>;
}

/** The parameters of a stack with a program of its own: none, since every value stays literal. */
function noParameters(stack: Stack): Parameters {
  return {
    rows: (_, of) => of(stack),
    value: (_, of) => of(stack),
    declared: () => [],
    valuesOf: () => new Map(),
  };
}

/**
 * The parameters of a program. Text that comes from the deployment is never fixed in the program, even if all deployments have the same
 * value, so that adding a deployment changes nothing for the others. The account, region, partition and DNS suffix come from AWS. The
 * environment's name and purpose, and each of its values and tags, have one parameter each, named after them. A value that entries of `in`
 * can change is a parameter too, and so is any other difference. With the values of one deployment, the program produces exactly that
 * deployment.
 */
export function createParameters(program: StackProgram): Parameters {
  const [firstDeployment] = program.deployments;
  if (!hasParameters(program)) return noParameters(firstDeployment);
  // If the deployments say the same everywhere, the first one is enough.
  const compared = program.saysSameEverywhere ? [firstDeployment] : program.deployments;
  const parameters = new DeclaredParameters(program);
  const fold = new Fold(
    compared.map(({ environment }) => environment),
    parameters,
  );
  let indexes: ReadonlyMap<string, number> | undefined;
  const indexOf = ({ name }: Stack) => {
    indexes ??= new Map(program.deployments.map((deployment, index) => [deployment.name, index]));
    return indexes.get(name) ?? -1;
  };

  return {
    rows: (words, of) => {
      const all = compared.map(of);
      const [first = []] = all;
      return first.map(([argument, , difference], index) => {
        const values = all.map((rows) => rows[index]?.[1]);
        const present = values.filter((value) => value !== undefined);
        if (present.length === 0) return [argument, undefined];
        if (present.length < values.length) failShape();
        const about = [...words, argument];
        if (difference === undefined) return [argument, fold.value(about, present)];
        return [argument, parameters.forChange(about, difference, present.map(plainOf))];
      });
    },
    value: (words, of) => fold.value(words, compared.map(of)),
    declared: () => parameters.all(),
    valuesOf: (stack) => {
      const declared = parameters.all();
      if (declared.length === 0) return new Map();
      const index = indexOf(stack);
      return new Map(declared.map(({ name, values }) => [name, values[index] ?? failShape()]));
    },
  };
}
