import { isList } from '@keywright/core/collections/is-list';
import { Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { evaluate, named } from './evaluate.ts';
import type { Scope } from './scope.ts';
import type { HclBlock, HclBody } from './syntax.ts';
import { asText, elementsOf, entriesOf, type HclValue, plainOf, unknownIn } from './value.ts';

/** A document in the form that the data source uses to merge documents. */
interface Document {
  readonly version: string;
  readonly id: unknown;
  readonly statements: readonly unknown[];
}

/**
 * Returns the JSON of the data source `aws_iam_policy_document`: the source documents, then its own statements, then the overriding
 * documents. Lists of actions, resources and identifiers are sorted in reverse, as the provider does. Source: terraform-provider-aws,
 * internal/service/iam/policy_document_data_source.go.
 */
export function policyDocument(body: HclBody, scope: Scope): HclValue {
  const before = documentsOf(body, 'source', scope);
  const document = ownDocument(body, scope);
  const after = documentsOf(body, 'override', scope);
  for (const each of [before, document, after]) if (each instanceof Unknown) return each;
  const all = [before, document, after].flat() as readonly Document[]; // none of them is unknown here
  const { version, id, statements } = all.reduce(merged);
  return JSON.stringify({ Version: version, ...(id != null && id !== '' && { Id: id }), Statement: statements });
}

/**
 * Merges two documents. A statement replaces the first statement with the same Sid. Source: `Merge` in
 * internal/service/iam/policy_model.go.
 */
function merged(one: Document, other: Document): Document {
  const statements = [...one.statements];
  for (const statement of other.statements) {
    const sid = sidOf(statement);
    const index = sid === undefined ? -1 : statements.findIndex((each) => sidOf(each) === sid);
    if (index < 0) statements.push(statement);
    else statements[index] = statement;
  }
  return {
    version: [one.version, other.version].sort().at(-1) ?? '',
    id: other.id != null && other.id !== '' ? other.id : one.id,
    statements,
  };
}

function sidOf(statement: unknown): string | undefined {
  const sid = isMapping(statement) ? statement.Sid : undefined;
  return typeof sid === 'string' && sid !== '' ? sid : undefined;
}

/**
 * Returns the documents in `source_policy_documents` or `override_policy_documents`, or the only document in `source_json` or
 * `override_json`.
 */
function documentsOf(body: HclBody, kind: 'source' | 'override', scope: Scope): readonly Document[] | Unknown {
  const texts = [`${kind}_json`, `${kind}_policy_documents`].flatMap((name) => {
    const value = argument(body, name, scope) ?? [];
    return isList(value) ? value : (elementsOf(value) ?? [value]);
  });
  const documents: Document[] = [];
  for (const each of texts) {
    if (each === null || each === '') continue;
    const unknown = unknownIn(each);
    if (unknown !== undefined) return unknown;
    const document = documentIn(asText(each) ?? '');
    if (document === undefined)
      return new Unknown(`one of the documents in ${kind}_policy_documents is not a policy`, 'correct the module');
    documents.push(document);
  }
  return documents;
}

function documentIn(json: string): Document | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    if (!isMapping(parsed)) return undefined;
    const { Version: version, Id: id, Statement: statements = [] } = parsed;
    return {
      version: typeof version === 'string' ? version : '',
      id,
      statements: Array.isArray(statements) ? statements : [statements],
    };
  } catch {
    return undefined;
  }
}

function ownDocument(body: HclBody, scope: Scope): Document | Unknown {
  const statements: object[] = [];
  for (const [block, inner] of expanded(body, 'statement', scope)) {
    if (inner instanceof Unknown) return inner;
    const statement = statementOf(block, inner);
    if (statement instanceof Unknown) return statement;
    statements.push(statement);
  }
  const id = argument(body, 'policy_id', scope) ?? null;
  const version = argument(body, 'version', scope) ?? '2012-10-17';
  return unknownIn([id, version]) ?? { version: String(version), id, statements };
}

function statementOf(body: HclBody, scope: Scope): object | Unknown {
  // An empty list is not written. Source: `dataSourcePolicyDocumentRead` in policy_document_data_source.go.
  const sorted = (name: string) => {
    const value = argument(body, name, scope);
    if (value == null || elementsOf(value)?.length === 0) return undefined;
    return inReverse(value);
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
    const texts = (elementsOf(identifiers) ?? []).flatMap((each) => variablesIn(asText(each) ?? ''));
    byType.set(String(kind), [...(byType.get(String(kind)) ?? []), ...texts]);
  }
  if (byType.size === 0) return undefined;
  const everyone = byType.get('*');
  if (everyone !== undefined) {
    if (byType.size === 1 && everyone.every((each) => each === '*')) return '*';
    return new Unknown(
      `there are other principals beside those of the type "*" (${scope.location(body.blocks[0]?.start ?? 0)})`,
      'correct the module: no service takes such a policy',
    );
  }
  return Object.fromEntries(
    [...byType].map(([kind, texts]) => {
      const all = [...new Set(texts)].sort().reverse();
      return [kind, all.length === 1 ? all[0] : all];
    }),
  );
}

function conditionsOf(body: HclBody, scope: Scope): unknown {
  const operators = new Map<string, Map<string, readonly string[]>>();
  // The blocks form a set, so equal blocks are written once.
  const seen = new Set<string>();
  for (const [block, inner] of expanded(body, 'condition', scope)) {
    if (inner instanceof Unknown) return inner;
    const [test, key, values] = ['test', 'variable', 'values'].map((name) => argument(block, name, inner) ?? null);
    const unknown = unknownIn([test ?? null, key ?? null, values ?? null]);
    if (unknown !== undefined) return unknown;
    const tests = operators.get(String(test)) ?? new Map<string, readonly string[]>();
    operators.set(String(test), tests);
    const texts = (elementsOf(values ?? null) ?? []).map((each) => variablesIn(asText(each) ?? ''));
    const id = JSON.stringify([test, key, texts]);
    if (seen.has(id)) continue;
    seen.add(id);
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

function inReverse(value: HclValue): unknown {
  const unknown = unknownIn(value);
  if (unknown !== undefined) return unknown;
  const texts = (elementsOf(value) ?? [value]).map((each) => variablesIn(asText(each) ?? String(plainOf(each))));
  const all = [...new Set(texts)].sort().reverse();
  return all.length === 1 ? all[0] : all;
}

/** Replaces `&{…}` by `${…}`. A policy variable is written as `&{…}`, because `${…}` would be an interpolation. */
function variablesIn(text: string): string {
  return text.replaceAll('&{', '${');
}

function argument(body: HclBody, name: string, scope: Scope): HclValue | undefined {
  const attribute = body.attributes.get(name);
  return attribute && evaluate(attribute.value, scope);
}

/**
 * Returns the blocks of a type in order, each with its scope, including the blocks that `dynamic` blocks generate. If the number of blocks
 * is unknown, returns the reason in place of the scope.
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
        : new Unknown(`for_each has nothing to iterate over (${scope.location(block.start)})`, 'correct the module');
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
