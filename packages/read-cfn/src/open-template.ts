import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { type SourceValue, Unknown } from '@keywright/core/reading/source-value';
import { type Place, placeOf } from '@keywright/core/resolve/place';
import { createAliasIds } from './alias-ids.ts';
import { attributeOf } from './attributes.ts';
import { unexpectedValue } from './diagnostics.ts';
import { type Entry, entriesOf, idsOf } from './entries.ts';
import { createEvaluator, type Evaluator } from './evaluate/evaluate.ts';
import { settled } from './evaluate/settle.ts';
import { parameterValue, pseudoParameter, type Sources } from './parameters.ts';
import { Properties } from './properties.ts';
import { type Outcome, readEntry } from './read-entry.ts';
import { isServerless } from './serverless.ts';
import type { Template } from './template.ts';

/** A template in which names can be looked up. */
export interface OpenTemplate {
  readonly template: Template;
  /** The name of the template's stack in the program. */
  readonly name: string;
  readonly place: Place;
  readonly evaluator: Evaluator;
  readonly entries: readonly Entry[];
  readonly entryOf: (logicalId: string) => Entry | undefined;
  /** Returns the logical id of the key or principal with this id; `undefined` if the template has none. */
  readonly logicalIdOf: (id: string) => string | undefined;
  /** The problems of entries without a type. */
  readonly problems: readonly Diagnostic[];
  /** Whether an entry's condition holds. */
  readonly isMade: (entry: Entry) => boolean | Unknown;
  readonly attribute: (logicalId: string, attribute: string) => SourceValue;
  readonly read: (entry: Entry) => Outcome;
  readonly properties: (entry: Entry, names: readonly string[]) => Properties;
}

export function openTemplate(template: Template, name: string, sources: Sources): OpenTemplate {
  const place = placeOf(template.environment);
  const { value: entries, diagnostics: problems } = entriesOf(template);
  const byId = new Map(entries.map((entry) => [entry.logicalId, entry]));
  const ids = idsOf(entries);
  const identityOf = new Map([...ids.values()].map((identity) => [identity.id, identity]));
  const outcomes = new Map<Entry, Outcome | 'open'>();

  const isMade = ({ body: { Condition: condition } }: Entry): boolean | Unknown => {
    if (condition === undefined) return true;
    return typeof condition === 'string'
      ? evaluator.condition(condition)
      : new Unknown('it is not the name of a condition', 'correct it in the template');
  };

  const attribute = (logicalId: string, attributeName: string): SourceValue => {
    const value = sources.given(attributeName === 'Ref' ? logicalId : `${logicalId}.${attributeName}`);
    if (value !== undefined) return value;
    const entry = byId.get(logicalId);
    if (entry === undefined) return noEntry(template, logicalId, attributeName);
    if (isMade(entry) === false)
      return new Unknown(
        `${logicalId} is not created because its condition does not hold`,
        'correct it in the template',
      );
    return attributeOf(entry, attributeName, {
      place,
      evaluator,
      identityOf: (id) => ids.get(id),
      read,
      isOpen: (one) => outcomes.get(one) === 'open',
    });
  };

  const ref = (referent: string): SourceValue => {
    const pseudo = referent.startsWith('AWS::')
      ? pseudoParameter(referent, template.file.stackName, place, sources)
      : undefined;
    if (pseudo !== undefined) return pseudo;
    return Object.hasOwn(template.parameters, referent)
      ? parameterValue(referent, template.parameters[referent], sources)
      : attribute(referent, 'Ref');
  };

  const evaluator = createEvaluator(template, {
    ref,
    attribute,
    exported: sources.exported,
    outputOf: sources.outputOf,
    settled: (expression) => settled(expression, place, ({ resource }) => resource.split('/', 1)[0] ?? ''),
  });

  const properties = (entry: Entry, names: readonly string[]) =>
    new Properties(entry, names, { template, evaluator, partition: place.partition, stackTags: sources.stackTags });

  const aliasIds = createAliasIds((id) => identityOf.get(id));

  const read = (entry: Entry): Outcome => {
    const identity = ids.get(entry.logicalId);
    if (identity === undefined) return { resource: undefined, problems: [] };
    const before = outcomes.get(entry);
    if (before === 'open') return dependsOnItself(entry);
    if (before !== undefined) return before;
    outcomes.set(entry, 'open');
    const outcome = readEntry(entry, identity, { template, place, evaluator, properties, aliasIds });
    outcomes.set(entry, outcome);
    return outcome;
  };

  return {
    template,
    name,
    place,
    evaluator,
    entries,
    entryOf: (logicalId) => byId.get(logicalId),
    logicalIdOf: (id) => identityOf.get(id)?.logicalId,
    problems,
    isMade,
    attribute,
    read,
    properties,
  };
}

function noEntry(template: Template, logicalId: string, attribute: string): Unknown {
  if (!isServerless(template)) return new Unknown(`the template has no resource ${logicalId}`, 'correct the name');
  return new Unknown(
    `the template has no resource ${logicalId}, but AWS SAM may create it`,
    `give its value with \`--parameters\` as "${attribute === 'Ref' ? logicalId : `${logicalId}.${attribute}`}"`,
  );
}

function dependsOnItself({ logicalId: resource, span }: Entry): Outcome {
  const expected = 'something that does not depend on itself';
  return {
    resource: undefined,
    problems: [report(unexpectedValue, span, { resource, property: 'Properties', expected })],
  };
}
