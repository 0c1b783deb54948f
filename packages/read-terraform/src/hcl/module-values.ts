import { Unknown } from '@keywright/core/reading/source-value';
import { readTheState } from '../advice.ts';
import { evaluate } from './evaluate.ts';
import { instances } from './instances.ts';
import {
  addressOf,
  blocksIn,
  headSpan,
  isSensitive,
  type ModuleContext,
  type ModuleInstance,
  madeByService,
  type Placed,
} from './module-context.ts';
import type { ParsedFile } from './module-files.ts';
import { policyDocument } from './policy-document.ts';
import { accountIn, providerOf, regionIn } from './providers.ts';
import type { Scope } from './scope.ts';
import type { HclAttribute, HclBlock, HclBody } from './syntax.ts';
import { HclObject, type HclValue } from './value.ts';
import { ofType } from './variable-type.ts';

export interface ModuleScope {
  readonly context: ModuleContext;
  readonly instance: ModuleInstance;
  readonly variables: ReadonlyMap<string, Placed<HclBlock>>;
  readonly locals: ReadonlyMap<string, Placed<HclAttribute>>;
  readonly scopeOf: (file: ParsedFile) => Scope;
  /** Computes a value once. A value that needs itself is unknown. */
  readonly once: (name: string, work: () => HclValue) => HclValue;
}

export function blockNamed(
  { context, instance }: ModuleScope,
  type: string,
  ...names: readonly string[]
): Placed<HclBlock> | undefined {
  return blocksIn(context, instance.folder, type).find(({ part: { labels } }) =>
    names.every((name, index) => labels[index] === name),
  );
}

export function variableValue(name: string, { context, instance, variables, scopeOf }: ModuleScope): HclValue {
  const placed = variables.get(name);
  if (placed !== undefined && isSensitive(placed.part))
    return new Unknown(`var.${name} is sensitive`, 'leave the resources that use it to Terraform');
  const value = instance.given(name);
  const standard = placed?.part.body.attributes.get('default');
  const takesDefault = value === null && standard !== undefined && !isNullable(placed);
  if (value !== undefined && !takesDefault) return typed(value, placed, scopeOf);
  if (placed === undefined || standard === undefined)
    return new Unknown(
      `nothing sets var.${name}`,
      'set it in terraform.tfvars, name the file with its value after `--parameters`, or read the state after `terraform apply`',
    );
  if (instance.module === '' && value === undefined) context.defaults.push({ name, span: headSpan(placed) });
  return typed(evaluate(standard.value, scopeOf(placed.file)), placed, scopeOf);
}

function isNullable(variable: Placed<HclBlock> | undefined): boolean {
  const nullable = variable?.part.body.attributes.get('nullable')?.value;
  return nullable?.kind !== 'literal' || nullable.value !== false;
}

function typed(value: HclValue, variable: Placed<HclBlock> | undefined, scopeOf: ModuleScope['scopeOf']): HclValue {
  const type = variable?.part.body.attributes.get('type')?.value;
  return variable === undefined || type === undefined ? value : ofType(value, type, scopeOf(variable.file));
}

export function localValue(name: string, { locals, scopeOf }: ModuleScope): HclValue {
  const placed = locals.get(name);
  return placed === undefined
    ? new Unknown(`there is no local.${name}`, 'correct the module')
    : evaluate(placed.part.value, scopeOf(placed.file));
}

export function resourceValue(type: string, name: string, scope: ModuleScope): HclValue {
  const { context, instance } = scope;
  const placed = blockNamed(scope, 'resource', type, name);
  if (placed === undefined) return new Unknown(`there is no ${type}.${name}`, 'correct the module');
  const { body } = placed.part;
  const { attributes } = body;
  return instances(placed.part, scope.scopeOf(placed.file), (index, inner) => {
    const address = addressOf(instance.module, type, name, index);
    return new HclObject((attribute) => {
      const made = madeByService(type, attribute);
      if (made !== undefined && !(made === 'name' && attributes.has('name'))) return context.marks.of(address, made);
      const argument = attributes.get(made ?? attribute);
      const value = argument && evaluate(argument.value, inner);
      // Version 6 of the provider gives a resource without a region that of its provider.
      if (attribute === 'region' && type.startsWith('aws_kms_') && (value ?? null) === null)
        return regionIn(context, providerOf(body, type, instance.providers, inner));
      return value === undefined
        ? new Unknown(`${address}.${attribute} is known only after apply`, readTheState)
        : value;
    });
  });
}

export function dataValue(type: string, name: string, scope: ModuleScope): HclValue {
  const placed = blockNamed(scope, 'data', type, name);
  if (placed === undefined) return new Unknown(`there is no data.${type}.${name}`, 'correct the module');
  return instances(
    placed.part,
    scope.scopeOf(placed.file),
    (index, inner) =>
      new HclObject((attribute) => {
        if (type === 'aws_iam_policy_document' && /^(minified_)?json$/.test(attribute))
          return scope.once(`data.${type}.${name}[${index}].json`, () => policyDocument(placed.part.body, inner));
        const place = placeData(type, attribute, placed.part.body, inner, scope);
        if (place !== undefined) return place;
        return new Unknown(
          `data.${type}.${name}.${attribute} is known only when Terraform runs (${inner.location(placed.part.start)})`,
          `replace the expression with its value, or ${readTheState}`,
        );
      }),
  );
}

/** An attribute of a data source that says where a provider deploys, or which region it names; `undefined` for any other. */
function placeData(
  type: string,
  attribute: string,
  body: HclBody,
  scope: Scope,
  { context, instance }: ModuleScope,
): HclValue | undefined {
  const { attributes } = body;
  const provider = providerOf(body, type, instance.providers, scope);
  if (type === 'aws_caller_identity' && /^(account_)?id$/.test(attribute)) return accountIn(context, provider);
  if (type === 'aws_region' && /^(name|id|region)$/.test(attribute)) {
    if (attributes.has('endpoint')) return undefined;
    const chosen = ['region', 'name']
      .flatMap((name) => attributes.get(name) ?? [])
      .map(({ value }) => evaluate(value, scope));
    return chosen.find((value) => value !== null && value !== '') ?? regionIn(context, provider);
  }
  if (type === 'aws_partition' && /^(partition|id)$/.test(attribute)) return context.marks.pseudo('partition');
  if (type === 'aws_partition' && attribute === 'dns_suffix') return context.marks.pseudo('dnsSuffix');
  return undefined;
}

export function outputValue(name: string, scope: ModuleScope): HclValue {
  const { module } = scope.instance;
  const output = blockNamed(scope, 'output', name);
  const value = output?.part.body.attributes.get('value');
  if (output !== undefined && isSensitive(output.part))
    return new Unknown(`the output ${name} of ${module} is sensitive`, 'leave the resources that use it to Terraform');
  return output === undefined || value === undefined
    ? new Unknown(`${module} has no output ${name}`, 'correct the module')
    : evaluate(value.value, scope.scopeOf(output.file));
}
