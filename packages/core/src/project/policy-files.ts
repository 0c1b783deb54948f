import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Differing } from '../language/differing.ts';
import type { KeyDefinition, ReplicaDefinition, StandardDefinition } from '../language/key.ts';
import { type PolicyFile, policyFile } from '../language/policy-file.ts';
import type { StackDefinition } from '../language/stack.ts';
import { validateStructure } from '../language/validate.ts';
import type { SourceFile, Span } from '../source/span.ts';
import { parseSource } from '../syntax/parse.ts';
import type { FileReading, ProjectHost } from './host.ts';
import { keysInSets } from './keys-in-sets.ts';
import { elements, entries, type Located, property, retyped, whole } from './located.ts';
import { pathFrom } from './path-from.ts';
import { documentProblem } from './policy-document.ts';
import type { Project } from './project.ts';
import { replacePseudoParameters } from './pseudo-parameters.ts';
import { readingProblem } from './reading.ts';

interface PolicyFiles {
  /** The readable files, by path. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The policies in the files, by path. A file without a policy has been reported. */
  readonly policies: ReadonlyMap<string, Located<PolicyFile>>;
}

/** Reads every file that a key, replica or standard names in `policy: { file }`; parses and validates each once. */
export function readPolicyFiles(
  project: Pick<Project, 'stacks' | 'standards' | 'keySets'>,
  host: ProjectHost,
): Result<PolicyFiles> {
  const collector = createCollector();
  const sources = new Map<string, SourceFile>();
  const policies = new Map<string, Located<PolicyFile>>();
  const stacks = [...project.stacks.values()];
  const keys = [
    ...[...keysInSets(project), ...stacks.flatMap((stack) => entries(property(stack, 'keys')))].flatMap((key) =>
      everywhere<KeyDefinition>(key),
    ),
    ...stacks.flatMap(keysThatDiffer),
  ];
  const replicas = keys
    .flatMap((key) => elements(property(key, 'replicas')))
    .flatMap((replica) => everywhere<ReplicaDefinition>(replica));
  const definitions: readonly Located<Pick<StandardDefinition, 'policy'>>[] = [
    ...keys,
    ...replicas,
    ...[...project.standards.values()].flatMap((standard) => everywhere<StandardDefinition>(standard)),
  ];
  for (const definition of definitions) {
    const policy = property(definition, 'policy');
    if (policy === undefined || Array.isArray(policy.value) || typeof policy.value === 'string') continue;
    const path = pathOfPolicy(policy, policy.value);
    if (sources.has(path)) continue;
    const reading = host.readFile(path);
    if (reading.kind === 'text') sources.set(path, { path, text: reading.text });
    const span = property(retyped(policy, policy.value), 'file')?.span;
    const read = collector.take(readPolicyFile(path, reading, span));
    if (read !== undefined) policies.set(path, read);
  }
  return collector.result({ sources, policies });
}

function keysThatDiffer(
  stack: Located<StackDefinition>,
): readonly Located<Pick<KeyDefinition, 'policy' | 'replicas'>>[] {
  return entries(property(stack, 'in')).flatMap((difference) => {
    if (difference.value === 'absent') return [];
    const keys = entries(property(retyped(difference, difference.value), 'keys'));
    return keys.flatMap((key) => (key.value === 'absent' ? [] : [retyped(key, key.value)]));
  });
}

/** A definition, and its changes for some environments. */
function everywhere<T extends Differing<object>>(definition: Located<T>): readonly Located<Omit<T, 'in'>>[] {
  const differences = entries<object | 'absent'>(property<Differing<object>, 'in'>(definition, 'in'));
  // An entry can contain what the definition itself can.
  return [
    definition,
    ...differences.flatMap((entry) => (entry.value === 'absent' ? [] : [retyped(entry, entry.value as T)])),
  ];
}

export function pathOfPolicy({ file }: Located<unknown>, policy: { readonly file: string }): string {
  return pathFrom(file.source.path, policy.file);
}

/** The policy in a file that is named at `nameSpan`; `undefined`, with a diagnostic, if the file contains none. */
export function readPolicyFile(
  path: string,
  reading: FileReading,
  nameSpan: Span | undefined,
): Result<Located<PolicyFile> | undefined> {
  const nothing = (...diagnostics: readonly Diagnostic[]) => ({ value: undefined, diagnostics });
  if (reading.kind !== 'text') return nothing(readingProblem(path, reading, nameSpan));
  const parsed = parseSource({ path, text: reading.text });
  if (parsed.value === undefined) return nothing(...parsed.diagnostics);
  const references = replacePseudoParameters(parsed);
  if (references.length > 0) return nothing(...parsed.diagnostics, ...references);
  const problem = documentProblem(parsed);
  if (problem !== undefined) return nothing(...parsed.diagnostics, problem);
  const { value, diagnostics } = validateStructure(policyFile, parsed);
  return { value: value && whole(parsed, value), diagnostics: [...parsed.diagnostics, ...diagnostics] };
}
