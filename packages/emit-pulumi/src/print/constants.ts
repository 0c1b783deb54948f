import type { Stack, StackImport } from '@keywright/core/ir/program';
import { camelCase, namesOf } from '../names.ts';
import { programOutputs } from '../outputs.ts';
import type { Code } from './code.ts';
import { isIdentifier } from './text.ts';

/**
 * The names of a program's constants. Pulumi does not know these names, so unlike the names of resources they may change to avoid each
 * other: a taken name gets a number.
 */
export interface Constants {
  readonly ofResource: (resourceId: string) => string;
  /** The exported constant of an output; `undefined` if no constant can have the output's name. */
  readonly ofOutput: (name: string) => string | undefined;
  /** The constant for the result of a function that looks up the deployment's place: `callerIdentity` for `getCallerIdentity`. */
  readonly ofLookup: (lookup: string) => string;
  /** Whether the program uses the result of that function so far. */
  readonly usesLookup: (lookup: string) => boolean;
  /** The constant for a value in the Pulumi stack's configuration. */
  readonly ofConfig: (name: string) => string;
  readonly ofStack: (name: string) => string;
  /** The constant for the SSM parameter with a value of another stack. */
  readonly ofParameter: (entry: StackImport) => string;
  /** Returns a name that nothing else has or will get. */
  readonly claim: (preferred: string) => string;
}

export interface Declaration {
  readonly constant: string;
  readonly code: Code;
}

/** Words and globals that would be invalid or misleading as names of constants in a CommonJS module in TypeScript. */
const reserved = [
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if',
  'import in instanceof new null return super switch this throw true try typeof var void while with',
  'implements interface let package private protected public static yield await arguments eval',
  'undefined NaN Infinity globalThis exports require module Object Promise JSON pulumi aws',
].flatMap((words) => words.split(' '));

export function createConstants(stack: Stack): Constants {
  const taken = new Set(reserved);
  const claim = (preferred: string): string => {
    let name = preferred;
    for (let number = 2; taken.has(name); number += 1) name = `${preferred}${number}`;
    taken.add(name);
    return name;
  };

  // Outputs get their names first, because these are in the YAML.
  const outputs = new Map<string, string>();
  for (const { name } of programOutputs.of(stack)) {
    if (isIdentifier(name) && !taken.has(name)) outputs.set(name, claim(name));
  }
  // Shared constants get their names on first use.
  const shared = new Map<string, string>();
  const remember = (preferred: readonly string[], identity: string): string => {
    const name = shared.get(identity) ?? claim(camelCase(preferred));
    shared.set(identity, name);
    return name;
  };
  const producerNames = new Map(stack.imports.map((entry) => [entry.stack, entry.definition ?? entry.stack]));
  const names = namesOf(stack);
  const resources = new Map(stack.resources.map((resource) => [resource.id, claim(names.of(resource).constant)]));
  return {
    ofOutput: (name) => outputs.get(name),
    ofResource(id) {
      const constant = resources.get(id);
      if (constant === undefined) throw new Error(`stack ${stack.name} has no resource ${id}`);
      return constant;
    },
    ofLookup: (lookup) => remember([lookup.replace(/^get/, '')], lookup),
    usesLookup: (lookup) => shared.has(lookup),
    ofConfig: (name) => remember([name], `config ${name}`),
    ofStack: (name) => remember([producerNames.get(name) ?? name, 'stack'], `stack ${name}`),
    ofParameter: ({ stack: name, export: id }) =>
      remember([producerNames.get(name) ?? name, id], `parameter ${name}/${id}`),
    claim,
  };
}
