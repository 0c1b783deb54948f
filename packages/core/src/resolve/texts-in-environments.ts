import { literal } from '../ir/expression.ts';
import type { Project } from '../project/project.ts';
import { declaredNames } from './environment-values.ts';
import { writtenOut } from './interpolate.ts';
import { placeOf } from './place.ts';

/**
 * Returns a function that fills names, values and accounts into a text once for each environment of the project, and returns the distinct
 * results. `${account}` and the like stay, as does what an environment does not define.
 */
export function textsInEnvironments(project: Project): (text: string) => readonly string[] {
  const { accounts, valuesIn } = declaredNames(project);
  const places = [...project.environments.values()].map(({ name, value: { purpose } }) => {
    const environment = { name, ...(purpose !== undefined && { purpose }) };
    return placeOf(environment, { names: { app: literal(project.app) }, values: valuesIn(environment, []), accounts });
  });
  return (text) => {
    if (!text.includes('${') || places.length === 0) return [text];
    return [...new Set(places.map((place) => writtenOut(text, place).text))];
  };
}
