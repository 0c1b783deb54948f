import { type Context, contextKey, type LookupQuery } from '../context/context.ts';
import { contextMissing } from '../diagnostics/context.ts';
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { absentThere } from '../diagnostics/differences.ts';
import { badText } from '../diagnostics/language.ts';
import { definedTwice, needsKnownEnvironment, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { afterLastSlash } from '../ir/expression.ts';
import type { Environment } from '../ir/program.ts';
import { aliasOrArnProblem, type ImportDefinition, keyArnProblem } from '../language/import.ts';
import { elements, entries, type Located, type Named, property, retyped } from '../project/located.ts';
import { existingAliasName, resolveAliases } from './alias-names.ts';
import { findStack } from './find-stack.ts';
import { interpolate, problemsOf, writtenOut } from './interpolate.ts';
import { bindGrants, bindKmsGrants } from './key-content.ts';
import type { ImportBase, ImportModel, KeyModel, StackModel } from './model.ts';
import { fixedPlace, ofKey, type Place, placeOf, placeOfArn, seenFrom } from './place.ts';
import { arnIsOfSomewhere } from './places-exist.ts';
import type { Scope } from './scope.ts';

/** Resolves the imports of a stack, by name. Runs after the keys of all stacks are resolved, since an import can be such a key. */
export function resolveImports(
  stack: StackModel,
  scope: Scope,
  context: Context | undefined,
): Result<ReadonlyMap<string, ImportModel>> {
  const collector = createCollector();
  const imports = new Map<string, ImportModel>();
  for (const definition of stack.sections.imports) {
    const { name, nameSpan } = definition;
    const clash = stack.keys.get(name);
    if (clash !== undefined) {
      const related = [{ message: 'the key of this name', span: clash.nameSpan }];
      collector.add(report(definedTwice, nameSpan, { kind: 'key', name }, related));
      continue;
    }
    const key = collector.take(importedKey(definition, stack, scope, context));
    if (key === undefined) continue;
    const { environment, place, ...imported } = key;
    const grants = bindGrants(elements(property(definition, 'grants')), { ...stack, keyPlace: place }, scope);
    imports.set(name, {
      ...imported,
      name,
      stack,
      definition,
      place,
      aliases: collector.take(
        resolveAliases(
          elements(property(definition, 'aliases')),
          `imports.${name}`,
          name,
          environment,
          ofKey(stack.place, name),
        ),
      ),
      grants: grants.value,
      kmsGrants: collector.take(bindKmsGrants(entries(property(definition, 'kmsGrants')), stack, scope)),
      diagnostics: grants.diagnostics,
    });
  }
  return collector.result(imports);
}

/** The lookups that the imports of these stacks need, each once. */
export function lookupsOf(stacks: readonly StackModel[]): readonly LookupQuery[] {
  const lookups = new Map<string, LookupQuery>();
  for (const imported of stacks.flatMap((stack) => [...stack.imports.values()])) {
    if (imported.kind !== 'lookup') continue;
    const { query } = imported;
    const sameLookup = lookups.get(contextKey(query));
    // Imports of the same alias share a lookup. If one of these imports requires the alias, the alias has to exist.
    if (sameLookup === undefined || (sameLookup.whenMissing === 'dummy' && query.whenMissing === 'error')) {
      lookups.set(contextKey(query), query);
    }
  }
  return [...lookups.values()];
}

/** The properties that identify the key of an import. */
type ImportParts = Partial<
  Record<'arn' | 'alias' | 'key' | 'environment', string> &
    Pick<Extract<ImportDefinition, { lookup: object }>, 'lookup'>
>;

type OwnParts<T> = T extends ImportModel ? Omit<T, keyof ImportBase> : never;

type ImportedKey = OwnParts<ImportModel> & { readonly environment: Environment; readonly place: Place };

/** The key of an import, with its environment and place; `undefined`, with a diagnostic, if it cannot be known. */
function importedKey(
  definition: Named<ImportDefinition>,
  stack: StackModel,
  scope: Scope,
  context: Context | undefined,
): Result<ImportedKey | undefined> {
  // The schema guarantees the properties of one of the kinds.
  const parts = definition as Located<object> as Located<ImportParts>;
  const { regions } = scope.project.settings;
  const [arn, alias] = [property(parts, 'arn'), property(parts, 'alias')];
  if (arn !== undefined) return importedByArn(arn, stack, regions);
  if (alias !== undefined) return importedByAlias(alias, stack, regions);
  const lookup = property(parts, 'lookup');
  if (lookup !== undefined) return importedByLookup(lookup, stack, scope, context);
  const reference = property(parts, 'key');
  if (reference === undefined) return { value: undefined, diagnostics: [] };
  const { value: key, diagnostics } = findKey(reference, property(parts, 'environment'), stack, scope);
  if (key === undefined) return { value: undefined, diagnostics };
  const place = seenFrom(stack.environment, key.stack.environment, key.place);
  return { value: { kind: 'key', environment: key.environment, place, key }, diagnostics };
}

function importedByArn(arn: Located<string>, stack: StackModel, regions: ReadonlySet<string>): Result<ImportedKey> {
  const collector = createCollector();
  const { text } = writtenOut(arn.value, stack.place);
  collector.add(...problemsOf(arn, stack.place, writtenProblems(keyArnProblem, regions)));
  const expression = collector.take(interpolate(arn, stack.place));
  const environment = environmentOfArn(text, stack.environment);
  return collector.result({
    kind: 'arn',
    environment,
    place: placeOfArn(expression, environment),
    arn: expression,
    id: afterLastSlash(expression),
  });
}

function importedByAlias(alias: Located<string>, stack: StackModel, regions: ReadonlySet<string>): Result<ImportedKey> {
  const collector = createCollector();
  const { text } = writtenOut(alias.value, stack.place);
  collector.add(...problemsOf(alias, stack.place, writtenProblems(aliasOrArnProblem, regions)));
  const isArn = text.startsWith('arn:');
  const arnOfAlias = alias.value.startsWith('arn:') ? alias.value : text;
  const written = isArn ? arnOfAlias.replace(/^arn:.*?:(?=alias\/)/, '') : alias.value;
  const environment = isArn ? environmentOfArn(text, stack.environment) : stack.environment;
  return collector.result({
    kind: 'alias',
    environment,
    // Problems with the text are reported together with those of the alias.
    place: isArn ? placeOfArn(interpolate(alias, stack.place).value, environment) : placeOf(environment),
    alias: collector.take(existingAliasName(retyped(alias, written), stack.place)),
  });
}

function importedByLookup(
  lookup: Located<NonNullable<ImportParts['lookup']>>,
  stack: StackModel,
  scope: Scope,
  context: Context | undefined,
): Result<ImportedKey | undefined> {
  const collector = createCollector();
  const lookedUp = property(lookup, 'alias');
  if (lookedUp === undefined) return collector.result(undefined); // the schema requires one
  const alias = collector.take(existingAliasName(lookedUp, stack.place));
  const named = property(lookup, 'environment');
  const environment = named === undefined ? stack.environment : collector.take(scope.environments.findOne(named));
  if (environment === undefined) return collector.result(undefined);
  const { account, region, partition } = environment;
  if (account === undefined || region === undefined || partition === undefined) {
    if (environment.name === undefined) {
      collector.add(report(needsKnownEnvironment, lookup.span, { what: 'a lookup' }));
    }
    return collector.result(undefined);
  }
  const place = named === undefined ? placeOf(environment) : fixedPlace(placeOf(environment));
  const { lookupRole, profile } = scope.project.environments.get(environment.name ?? '')?.value ?? {};
  const query: LookupQuery = {
    account,
    region,
    partition,
    alias: alias.text,
    whenMissing: lookup.value.whenMissing ?? 'error',
    ...(lookupRole !== undefined && { lookupRole }),
    ...(profile !== undefined && { profile }),
    span: lookedUp.span,
  };
  const entry = context?.get(contextKey(query));
  // A context file that cannot be read has been reported, and may have the alias.
  if (context !== undefined && entry === undefined)
    collector.add(report(contextMissing, lookedUp.span, { alias: alias.text, account, region }));
  return collector.result({ kind: 'lookup', environment, place, alias, query, ...(entry && { entry }) });
}

/**
 * Returns a check for an ARN or alias with its placeholders filled in. The check covers the form of the text (`problemOf`) and then the
 * place in the text, which has to exist.
 */
function writtenProblems(problemOf: (text: string) => string | undefined, regions: ReadonlySet<string>) {
  return (written: Located<string>): readonly Diagnostic[] => {
    const problem = problemOf(written.value);
    if (problem === undefined) return arnIsOfSomewhere(written, regions);
    return [report(badText, written.span, { problem, found: JSON.stringify(written.value), example: undefined })];
  };
}

/** The environment of the key or alias that an ARN names. A part with a placeholder is the stack's own, which may be unknown. */
function environmentOfArn(arn: string, environment: Environment): Environment {
  const [, partition, , region, account] = arn.split(':');
  return {
    ...environment,
    ...knownPart('account', account),
    ...knownPart('region', region),
    ...knownPart('partition', partition),
  };
}

function knownPart<K extends string>(name: K, part: string | undefined): { readonly [Name in K]?: string } {
  if (part === undefined || part.includes('$')) return {};
  return { [name]: part } as { readonly [Name in K]?: string }; // the type of a computed name is lost
}

/** Finds the key that `stack.key` means in the stack `from`; `findStack` chooses the deployment of the named stack. */
function findKey(
  reference: Located<string>,
  environment: Located<string> | undefined,
  from: StackModel,
  scope: Scope,
): Result<KeyModel | undefined> {
  const [stackName = '', keyName = ''] = reference.value.split('.');
  const form = (inStack: string, inEnvironment: string) =>
    `{ key: ${inStack}.${keyName}, environment: ${inEnvironment} }`;
  const wantedStack = { stack: retyped(reference, stackName), environment, text: reference.value, form };
  const { value: stack, diagnostics } = findStack(wantedStack, from, scope);
  const key = stack?.keys.get(keyName);
  if (stack === undefined || key !== undefined) return { value: key, diagnostics };
  const absent = stack.absentKeys.get(keyName);
  if (absent !== undefined) {
    // If the importing stack is in several environments, each of its deployments looks in its own environment.
    const ownEnvironments = (scope.byDefinition.get(from.definition.name) ?? []).map(
      (deployment) => deployment.environment.name,
    );
    const same = absent.environments.filter((name) => ownEnvironments.includes(name));
    const isSame = environment === undefined && same.includes(from.environment.name ?? '');
    const environments = isSame ? same : [stack.environment.name ?? ''];
    const related = [{ message: 'this makes it absent', span: absent.by }];
    const parameters = { what: `the key \`${reference.value}\``, environments };
    return { value: undefined, diagnostics: [report(absentThere, reference.span, parameters, related)] };
  }
  const candidates = [...stack.keys.keys()].map((name) => `${stackName}.${name}`);
  const problem = report(unknownName, reference.span, { kind: 'key', name: reference.value, candidates });
  return { value: undefined, diagnostics: [problem] };
}
