import { type PolicyObject, type PolicyTree, policyVersion } from '@keywright/core/emit/policy-tree';
import type { PolicyDocument, Statement } from '@keywright/core/ir/policy';
import {
  array,
  type CallCode,
  type Code,
  call,
  inlineObject,
  type ObjectCode,
  object,
  repeated,
  string,
} from './code.ts';
import { expressionCode, type Member } from './expression.ts';

/** The function that makes JSON of something with outputs in it. */
export const jsonWithOutputs = 'pulumi.jsonStringify';

/** A statement of a policy. */
export interface StatementCode {
  readonly code: Code;
  /** Whether something in it is known only when it is deployed. */
  readonly holdsOutput: boolean;
}

/**
 * A policy document as the call that makes JSON of it, given the code of each of its statements. `JSON.stringify` knows
 * nothing of Pulumi's outputs, and a document without any needs no more.
 */
export function policyCode(document: PolicyDocument, codeOf: (statement: Statement) => StatementCode): CallCode {
  const statements = document.statements.map(codeOf);
  const holdsOutput = statements.some((statement) => statement.holdsOutput);
  return call(
    holdsOutput ? jsonWithOutputs : 'JSON.stringify',
    object([
      ['Version', string(policyVersion)],
      ['Id', document.id === undefined ? undefined : string(document.id)],
      ['Statement', array(statements.map(({ code }) => code))],
    ]),
  );
}

export function statementCode(tree: PolicyObject, member: Member): StatementCode {
  return { code: repeated(objectCode(tree, member)), holdsOutput: holdsOutput(tree) };
}

function holdsOutput(tree: PolicyTree): boolean {
  if (typeof tree === 'string') return false;
  if (!('kind' in tree)) return tree.some(holdsOutput);
  if (tree.kind === 'object') return tree.entries.some(([, value]) => holdsOutput(value));
  return tree.kind !== 'literal';
}

function treeCode(tree: PolicyTree, member: Member): Code {
  if (typeof tree === 'string') return string(tree);
  if (!('kind' in tree)) return array(tree.map((element) => treeCode(element, member)));
  if (tree.kind === 'object') return objectCode(tree, member);
  return expressionCode(tree, member);
}

/** What has one entry reads better on its line: `{ AWS: "…" }`. */
function objectCode({ entries }: PolicyObject, member: Member): ObjectCode {
  const codes = entries.map(([key, value]) => [key, treeCode(value, member)] as const);
  return codes.length === 1 ? inlineObject(codes) : object(codes);
}
