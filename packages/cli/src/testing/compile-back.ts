/** Compiles the YAML that was lifted from a program, to compare the result with the program. */
import { type Compilation, compileProject } from '@keywright/core/compile';
import type { Diagnostic } from '@keywright/core/diagnostics/diagnostic';
import type { Program } from '@keywright/core/ir/program';
import { hostOfText } from '@keywright/core/project/host';
import { findingAccepted } from '@keywright/migrate/lift/diagnostics';
import { liftProgram } from '@keywright/migrate/lift/lift-program';
import { withKnownPlace } from '@keywright/migrate/lift/meaning/known-places';
// Imported by path: the oracles run built code, which contains no test support.
import { comparable } from '../../../core/src/testing/comparable.ts';
import { targets } from '../targets.ts';
import { type Meanings, ofStack, type ReadBack } from './read-back.ts';

export function compileBack(program: Program, targetOptions: Compilation['targetOptions']): ReadBack {
  const { text, diagnostics } = liftProgram(program, { targets, targetOptions });
  const back = compileAgain(program, text);
  return { ...back, problems: [...reportedOf(diagnostics), ...back.problems] };
}

/**
 * The diagnostics of a lift, without reports that an existing key breaks a rule: such a key is imported unchanged. @public for the
 * conformance run.
 */
export function reportedOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics
    .filter(({ code }) => code !== findingAccepted.code)
    .map(({ code, message }) => `${code} ${message}`);
}

/** `text` is the YAML. It may have a planted mistake. @public for the conformance run. */
export function compileAgain(program: Program, text: string): ReadBack {
  const again = compileProject(hostOfText(text), { targets });
  const errors = again.diagnostics.filter(({ severity }) => severity === 'error');
  return {
    problems: errors.map(({ code, message }) => `${code} ${message}`),
    read: settled(again.program === undefined ? {} : deployed(again.program)),
    expected: settled(deployed(program)),
  };
}

/**
 * Returns everything in a program that is deployed, by stack, target and name. Also returns the place of each stack, without the
 * environment's values and tags, because these are filled in already.
 */
function deployed({ stacks }: Program): Meanings {
  return Object.assign(
    {},
    ...stacks.map((stack) => {
      const { name, purpose, values, tags, ...place } = {
        name: undefined,
        purpose: undefined,
        values: undefined,
        tags: undefined,
        ...stack.environment,
      };
      const resources = stack.resources
        .filter(({ kind }) => kind !== 'sharedParameter')
        .map((resource) => withKnownPlace(resource, stack, resource));
      const kept = { ...stack, resources };
      const byTarget = targets
        .filter((target) => stack.targets.includes(target.name))
        .map((target) =>
          ofStack(
            target.name,
            // Stacks of one definition may be lifted as several definitions. The names in separate definitions lack the prefix of a common
            // program.
            comparable(kept, (resource) => target.nameOf(resource, stack).slice(target.prefixOf?.(stack).length ?? 0)),
          ),
        );
      return ofStack(stack.name, Object.assign({ place }, ...byTarget));
    }),
  );
}

/** Removes the names of policies under `principals`, which are not deployed. Sorts conditions, since JSON gives them no order. */
function settled(meanings: Meanings): Meanings {
  return Object.fromEntries(Object.entries(meanings).map(([name, meaning]) => [name, inOneForm(meaning)]));
}

function inOneForm(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneForm);
  if (typeof value !== 'object' || value === null) return value;
  const { kind } = value as { kind?: unknown };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !(kind === 'identityPolicy' && name === 'name'))
      .map(([name, inner]) => [
        name,
        name === 'conditions' && Array.isArray(inner)
          ? inner.map((one) => JSON.stringify(one)).sort()
          : name === 'principals' && Array.isArray(inner)
            ? [...new Set(inner.map((one) => JSON.stringify(one)))]
            : inOneForm(inner),
      ]),
  );
}
