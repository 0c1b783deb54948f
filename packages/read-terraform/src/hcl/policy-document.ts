import { Unknown } from '@keywright/core/reading/source-value';
import { evaluate, named, type Scope } from './evaluate.ts';
import type { HclBlock, HclBody } from './syntax.ts';
import { elementsOf, entriesOf, type HclValue, isList, plainOf, textOf, unknownIn } from './value.ts';

/**
 * The JSON of the data source `aws_iam_policy_document`. Lists of actions, resources and identifiers are sorted in
 * reverse, as the provider does. Source: terraform-provider-aws, internal/service/iam/policy_document_data_source.go.
 */
export function policyDocument(body: HclBody, scope: Scope): HclValue {
  const overriding = body.attributes.get('override_policy_documents') ?? body.attributes.get('override_json');
  if (overriding !== undefined)
    return new Unknown(
      `${overriding.name} is not read (${scope.place(overriding.start)})`,
      'write the statements out, or read the state after `terraform apply` instead',
    );
  const statements: unknown[] = [];
  const sources = argument(body, 'source_policy_documents', scope) ?? argument(body, 'source_json', scope) ?? [];
  const unknown = unknownIn(sources);
  if (unknown !== undefined) return unknown;
  for (const source of isList(sources) ? sources : [sources]) {
    const found = statementsIn(textOf(source) ?? '');
    if (found === undefined)
      return new Unknown(
        'a source document is not a policy',
        'correct it, or read the state after `terraform apply` instead',
      );
    statements.push(...found);
  }
  for (const [block, inner] of expanded(body, 'statement', scope)) {
    if (inner instanceof Unknown) return inner;
    const statement = statementOf(block, inner);
    if (statement instanceof Unknown) return statement;
    statements.push(statement);
  }
  const id = argument(body, 'policy_id', scope);
  const version = argument(body, 'version', scope) ?? '2012-10-17';
  const found = unknownIn([id ?? null, version]);
  return found ?? JSON.stringify({ Version: version, ...(id != null && { Id: id }), Statement: statements });
}

function statementsIn(json: string): readonly unknown[] | undefined {
  try {
    const { Statement } = JSON.parse(json) as { readonly Statement?: unknown };
    return Statement === undefined ? [] : Array.isArray(Statement) ? Statement : [Statement];
  } catch {
    return undefined;
  }
}

function statementOf(body: HclBody, scope: Scope): object | Unknown {
  const sorted = (name: string) => {
    const value = argument(body, name, scope);
    return value == null ? undefined : oneOrMore(value, true);
  };
  const principals = principalsOf(body, 'principals', scope);
  const others = principalsOf(body, 'not_principals', scope);
  const conditions = conditionsOf(body, scope);
  const parts = {
    Sid: argument(body, 'sid', scope) ?? undefined,
    Effect: argument(body, 'effect', scope) ?? 'Allow',
    Action: sorted('actions'),
    NotAction: sorted('not_actions'),
    Resource: sorted('resources'),
    NotResource: sorted('not_resources'),
    Principal: principals,
    NotPrincipal: others,
    Condition: conditions,
  };
  for (const value of Object.values(parts)) if (value instanceof Unknown) return value;
  const { Sid: sid, ...rest } = parts;
  const written = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { ...(typeof sid === 'string' && sid !== '' && { Sid: sid }), ...Object.fromEntries(written) };
}

function principalsOf(body: HclBody, type: string, scope: Scope): unknown {
  const byType = new Map<string, string[]>();
  for (const [block, inner] of expanded(body, type, scope)) {
    if (inner instanceof Unknown) return inner;
    const kind = argument(block, 'type', inner) ?? null;
    const identifiers = argument(block, 'identifiers', inner) ?? null;
    const unknown = unknownIn([kind, identifiers]);
    if (unknown !== undefined) return unknown;
    const texts = (elementsOf(identifiers) ?? []).flatMap((each) => variablesIn(textOf(each) ?? ''));
    byType.set(String(kind), [...(byType.get(String(kind)) ?? []), ...texts]);
  }
  if (byType.size === 0) return undefined;
  if (byType.has('*')) return '*';
  return Object.fromEntries(
    [...byType].map(([kind, texts]) => {
      const all = [...new Set(texts)].sort().reverse();
      return [kind, all.length === 1 ? all[0] : all];
    }),
  );
}

function conditionsOf(body: HclBody, scope: Scope): unknown {
  const operators = new Map<string, Map<string, readonly string[]>>();
  for (const [block, inner] of expanded(body, 'condition', scope)) {
    if (inner instanceof Unknown) return inner;
    const [test, key, values] = ['test', 'variable', 'values'].map((name) => argument(block, name, inner) ?? null);
    const unknown = unknownIn([test ?? null, key ?? null, values ?? null]);
    if (unknown !== undefined) return unknown;
    const tests = operators.get(String(test)) ?? new Map<string, readonly string[]>();
    operators.set(String(test), tests);
    const texts = (elementsOf(values ?? null) ?? []).map((each) => variablesIn(textOf(each) ?? ''));
    tests.set(String(key), [...(tests.get(String(key)) ?? []), ...texts]);
  }
  if (operators.size === 0) return undefined;
  return Object.fromEntries(
    [...operators].map(([operator, tests]) => [
      operator,
      Object.fromEntries([...tests].map(([key, texts]) => [key, texts.length === 1 ? texts[0] : texts])),
    ]),
  );
}

function oneOrMore(value: HclValue, isSorted: boolean): unknown {
  const unknown = unknownIn(value);
  if (unknown !== undefined) return unknown;
  const texts = (elementsOf(value) ?? [value]).map((each) => variablesIn(textOf(each) ?? String(plainOf(each))));
  const all = isSorted ? [...new Set(texts)].sort().reverse() : texts;
  return all.length === 1 ? all[0] : all;
}

/** `&{…}` stands for a policy variable, which would otherwise be an interpolation. */
function variablesIn(text: string): string {
  return text.replaceAll('&{', '${');
}

function argument(body: HclBody, name: string, scope: Scope): HclValue | undefined {
  const attribute = body.attributes.get(name);
  return attribute && evaluate(attribute.value, scope);
}

/**
 * The blocks of a type in order, including those that `dynamic` blocks generate with the names in their scope; or why
 * their number is unknown.
 */
export function expanded(
  body: HclBody,
  type: string,
  scope: Scope,
): readonly (readonly [body: HclBody, scope: Scope | Unknown])[] {
  return body.blocks.flatMap((block): readonly (readonly [HclBody, Scope | Unknown])[] => {
    if (block.type === type) return [[block.body, scope]];
    if (block.type !== 'dynamic' || block.labels[0] !== type) return [];
    return dynamicBlocks(block, type, scope);
  });
}

function dynamicBlocks(block: HclBlock, type: string, scope: Scope): readonly (readonly [HclBody, Scope | Unknown])[] {
  const content = block.body.blocks.find((each) => each.type === 'content');
  const over = argument(block.body, 'for_each', scope) ?? null;
  const iterator = block.body.attributes.get('iterator')?.value;
  const name = iterator?.kind === 'variable' ? iterator.name : type;
  const entries = over === null ? [] : entriesOf(over);
  if (content === undefined || over instanceof Unknown || entries === undefined) {
    const why =
      over instanceof Unknown
        ? over
        : new Unknown(`for_each has nothing to iterate over (${scope.place(block.start)})`, 'correct the module');
    return [[block.body, why]];
  }
  return entries.map(([key, value]) => {
    const each = new Map<string, HclValue>([
      ['key', key],
      ['value', value],
    ]);
    return [content.body, named(scope, new Map([[name, each]]))];
  });
}
