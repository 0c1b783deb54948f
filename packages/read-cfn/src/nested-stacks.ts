import { type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { mend } from './evaluate/scope.ts';
import type { Exchange } from './exchange.ts';
import { membersOf } from './members.ts';
import type { OpenTemplate } from './open-template.ts';
import type { StackTags } from './parameters.ts';
import type { Template } from './template.ts';

export interface NestedStacks {
  readonly add: (opened: OpenTemplate) => void;
  /** Returns the stack that a resource of a template creates, if its template is read too. */
  readonly nestedStack: (parent: Template, logicalId: string) => OpenTemplate | undefined;
  /** Whether a nested stack is created: the conditions of the resources that create it hold. Always true for any other stack. */
  readonly isCreated: (template: Template) => boolean | Unknown;
  /** Returns the value that the parent of a nested stack passes to a parameter. */
  readonly passedTo: (user: Template, parameter: string) => SourceValue | undefined;
  /** Returns the value of `Outputs.<name>` of a nested stack. */
  readonly outputOfNested: (user: Template, called: string) => SourceValue | undefined;
  /** Returns the tags of the stack. A nested stack has those of its parent too. Source: CloudFormation User Guide, "Resource tag". */
  readonly tagsOf: (template: Template) => StackTags | Unknown;
}

/** Finds the nested stacks among the templates that are added, and the values that they and their parents pass to each other. */
export function createNestedStacks({ used, valueFor }: Exchange): NestedStacks {
  const byId = new Map<string, OpenTemplate>();
  const nested = new Map<string, OpenTemplate>();
  const creatorOf = ({ file: { nestedIn } }: Template) => {
    const parent = nestedIn && byId.get(nestedIn.stack);
    const entry = nestedIn && parent?.entryOf(nestedIn.logicalId);
    return parent === undefined || entry === undefined ? undefined : { parent, entry };
  };
  const nestedStack = ({ file }: Template, logicalId: string) => nested.get(`${idOf(file)}/${logicalId}`);
  const isCreated = (template: Template): boolean | Unknown => {
    const creator = creatorOf(template);
    if (creator === undefined) return true;
    const { parent, entry } = creator;
    const isMade = parent.isMade(entry);
    return isMade === true ? isCreated(parent.template) : isMade;
  };
  const tagsOf = (template: Template): StackTags | Unknown => {
    const creator = creatorOf(template);
    const ofFile = Object.entries(template.file.stackTags ?? {});
    if (creator === undefined) return new Map(ofFile);
    const { parent, entry } = creator;
    const inherited = tagsOf(parent.template);
    const properties = isMapping(entry.body.Properties) ? entry.body.Properties : {};
    const tags = parent.evaluator.at(properties, 'Tags') ?? [];
    if (inherited instanceof Unknown) return inherited;
    if (tags instanceof Unknown) return tags;
    const tagsOfStack = new Map(inherited);
    for (const [name, value] of Array.isArray(tags) ? pairsIn(tags) : Object.entries(membersOf(tags))) {
      if (name === undefined) return new Unknown(`a tag of ${entry.logicalId} has no known name`, mend);
      const what = { label: `${entry.logicalId}.Tags.${name}`, span: entry.span, isOfOnePlace: true };
      tagsOfStack.set(
        name,
        used(template, parent, what, () => value),
      );
    }
    return tagsOfStack;
  };
  return {
    tagsOf,
    add(opened) {
      const { file } = opened.template;
      byId.set(idOf(file), opened);
      if (file.nestedIn !== undefined) nested.set(`${file.nestedIn.stack}/${file.nestedIn.logicalId}`, opened);
    },
    nestedStack,
    isCreated,
    passedTo(user, parameter) {
      const creator = creatorOf(user);
      if (creator === undefined || !Object.hasOwn(user.parameters, parameter)) return undefined;
      const { parent, entry } = creator;
      const { Parameters: passed } = isMapping(entry.body.Properties) ? entry.body.Properties : {};
      // Only the parent can override a default of a nested stack.
      if (!isMapping(passed) || !Object.hasOwn(passed, parameter)) return defaultOf(user.parameters[parameter]);
      const what = { label: `${entry.logicalId}.${parameter}`, span: entry.span, isOfOnePlace: true };
      return used(user, parent, what, () => parent.evaluator.at(passed, parameter));
    },
    outputOfNested(user, called) {
      const [, logicalId = '', output = ''] = /^([^.]+)\.Outputs\.(.+)$/.exec(called) ?? [];
      const producer = nestedStack(user, logicalId);
      return producer && valueFor(user, producer, output, true);
    },
  };
}

/** The names and values in a list of `Key` and `Value`. */
function pairsIn(tags: readonly SourceValue[]): readonly (readonly [string | undefined, SourceValue | undefined])[] {
  return tags.map((tag) => {
    const { Key: key, Value: value } = membersOf(tag);
    return [typeof key === 'string' ? key : undefined, value];
  });
}

/** The default of a parameter; `undefined` if it names an SSM parameter, whose value is known only when the stack is deployed. */
function defaultOf(parameter: unknown): string | undefined {
  const { Type: type, Default: value } = isMapping(parameter) ? parameter : {};
  if (typeof type !== 'string' || type.startsWith('AWS::SSM::')) return undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function idOf({ id, path }: Template['file']): string {
  return id ?? path;
}
