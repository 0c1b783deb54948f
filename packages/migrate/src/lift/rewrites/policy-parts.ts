/** Recognises the parts of a key policy: the default statement, statements, admins, services and grants, in this order. */
import { statementText } from '@keywright/core/emit/policy-tree';
import { concat, type Expression, expressionKey, literal } from '@keywright/core/ir/expression';
import type { Condition, PolicyPrincipal, Statement } from '@keywright/core/ir/policy';
import { actionsOf } from '@keywright/core/kms/capabilities';
import type { ServicePreset } from '@keywright/core/kms/services/preset';
import { servicePresets } from '@keywright/core/kms/services/presets';
import type { GrantDefinition } from '@keywright/core/language/grant';
import type { ServiceDefinition } from '@keywright/core/language/key';
import type { PrincipalReference } from '@keywright/core/language/principal';
import { defaultStatement } from '@keywright/core/policy/default-policies';
import { type Place, placeOf } from '@keywright/core/resolve/place';
import { environmentOf } from '../draft/environment-of.ts';
import { principalOf } from '../raw/principals.ts';
import { conditionsOf, withOrganization } from '../raw/statements.ts';
import { oneOrMany } from '../raw/text.ts';
import { wordsFor } from './capabilities.ts';
import type { Member } from './members.ts';

/** A key policy in parts. A statement that is no other part stays a statement. */
export interface PolicyParts {
  readonly startsWithDefault: boolean;
  /** The number of statements that remain, counted from the first statement after the default statement. */
  readonly statements: number;
  readonly admins: readonly PrincipalReference[];
  readonly services: readonly ServiceDefinition[];
  readonly grants: readonly GrantDefinition[];
}

/**
 * Limits on turning a policy into grants: the maximum number of grants, and whether a grant may list actions for which there is no word.
 */
export interface GrantLimits {
  readonly most: number;
  readonly anyActions: boolean;
}

export function partsOf(member: Member, limits: GrantLimits): PolicyParts {
  const { statements } = member.resource.policy;
  const place = placeOf(environmentOf(member.resource, member.stack));
  const [first] = statements;
  const startsWithDefault = first !== undefined && areEqual(first, defaultStatement(place, first.source.span));
  const start = startsWithDefault ? 1 : 0;
  let end = statements.length;

  const grants: GrantDefinition[] = [];
  for (; end > start && grants.length < limits.most; end -= 1) {
    const last = statements[end - 1];
    if (last === undefined || isForAdmins(last, member)) break;
    if (serviceAtTheEnd(statements.slice(start, end), member, place) !== undefined) break;
    const grant = grantFrom(last, member, place, limits.anyActions);
    if (grant === undefined) break;
    grants.unshift(grant);
  }
  const services: ServiceDefinition[] = [];
  for (;;) {
    const service = serviceAtTheEnd(statements.slice(start, end), member, place);
    if (service === undefined) break;
    services.unshift(service.service);
    end -= service.count;
  }
  const admins: PrincipalReference[] = [];
  for (; end > start; end -= 1) {
    const last = statements[end - 1];
    if (last === undefined || !isForAdmins(last, member)) break;
    admins.unshift(...(last.principals ?? []).map((principal) => nameIn(principal, member)));
  }
  return { startsWithDefault, statements: end - start, admins, services, grants };
}

function isForAdmins({ sid, effect, principals, actions, resources, conditions }: Statement, member: Member): boolean {
  const { resource } = member;
  const traits = { ...resource, multiRegion: resource.kind === 'replicaKey' || resource.multiRegion };
  const administerActions = actionsOf('administer', traits);
  return (
    sid === undefined &&
    effect === 'Allow' &&
    principals !== undefined &&
    isForThisKey(resources) &&
    conditions.length === 0 &&
    JSON.stringify(actions) === JSON.stringify(administerActions)
  );
}

function isForThisKey(resources: readonly Expression[] | undefined): boolean {
  const [only] = resources ?? [];
  return resources?.length === 1 && only?.kind === 'literal' && only.text === '*';
}

function grantFrom(whole: Statement, member: Member, place: Place, anyActions: boolean): GrantDefinition | undefined {
  const { statement, organization } = withOrganization(whole);
  const { sid, effect, principals, actions, resources, conditions } = statement;
  if (effect !== 'Allow' || principals === undefined || actions === undefined || !isForThisKey(resources)) return;
  const words = wordsFor(actions, member.resource);
  const isAnyone = principals.some(({ kind }) => kind === 'anyone');
  const { via, rest } = viaFrom(conditions, place);
  if (isAnyone && organization === undefined && conditions.length === 0) return undefined;
  const caller = { operator: 'StringEquals', key: 'kms:CallerAccount', values: [place.account] };
  const isOfAccount = (condition: Condition) => conditionKey(condition) === conditionKey(caller);
  const everyone =
    isAnyone && organization === undefined && principals.length === 1 && via !== undefined && rest.some(isOfAccount);
  const can = words ?? (everyone || anyActions ? actions : undefined);
  if (can === undefined) return undefined;
  const when = everyone ? rest.filter((condition) => !isOfAccount(condition)) : rest;
  const to = everyone
    ? 'everyoneInAccount'
    : (organization ?? oneOrMany(principals.map((principal) => nameIn(principal, member))));
  return {
    to,
    can: oneOrMany(can),
    ...(via !== undefined && { via: oneOrMany(via) }),
    ...(when.length > 0 && { when: conditionsOf(when) }),
    ...(sid !== undefined && { sid }),
  };
}

/**
 * Returns the principal of a grant or of `admins`. A role or user of the key's own account gets `mutable: false`, so that the key policy
 * keeps naming it.
 */
function nameIn(principal: PolicyPrincipal, { resource, stack }: Member): PrincipalReference {
  const environment = environmentOf(resource, stack);
  const reference = principalOf(principal, stack, environment);
  if (typeof reference === 'string') return reference;
  const arn = 'role' in reference ? reference.role : 'user' in reference ? reference.user : undefined;
  const isKeptByAws = arn?.includes(':role/aws-') === true;
  const account = arn?.split(':')[4];
  const isElsewhere = /^\d{12}$/.test(account ?? '') && account !== environment.account;
  return arn === undefined || isKeptByAws || isElsewhere ? reference : { ...reference, mutable: false };
}

/** Returns the services in the key's region that requests have to come through, and the remaining conditions. */
function viaFrom(conditions: readonly Condition[], { region }: Place) {
  const viaCondition = conditions.find(({ operator, key }) => operator === 'StringEquals' && key === 'kms:ViaService');
  const names = viaCondition?.values.map((value) => {
    const [, service = ''] = /^([a-z0-9-]+)\./.exec(startOf(value)) ?? [];
    const host = concat(literal(`${service}.`), region, literal('.amazonaws.com'));
    return expressionKey(host) === expressionKey(value) ? service : undefined;
  });
  const via = names?.flatMap((name) => name ?? []);
  if (via === undefined || via.length === 0 || via.length !== names?.length) return { rest: conditions };
  return { via, rest: conditions.filter((condition) => condition !== viaCondition) };
}

function startOf(expression: Expression): string {
  if (expression.kind === 'literal') return expression.text;
  const [first] = expression.kind === 'concat' ? expression.parts : [];
  return first?.kind === 'literal' ? first.text : '';
}

interface RecognisedService {
  readonly service: ServiceDefinition;
  readonly count: number;
}

/** The largest number of statements that a preset has. */
const mostOfService = 8;

/** A cache: maps statements to the service that has them, if any. Most keys of an organization have the same statements. */
const cachedServices = new Map<string, RecognisedService | undefined>();

/**
 * Returns the service whose statements are the last of the given statements. If several services match, this is the one with the most
 * statements.
 */
function serviceAtTheEnd(
  statements: readonly Statement[],
  member: Member,
  place: Place,
): RecognisedService | undefined {
  const { spec, usage } = member.resource;
  const last = statements.slice(-mostOfService);
  const end = last.at(-1);
  if (end === undefined || end.sid !== undefined || end.effect === 'Deny' || end.principals === undefined)
    return undefined;
  const text = JSON.stringify([last.map(inAnyOrder), place, spec, usage]);
  if (cachedServices.has(text)) return cachedServices.get(text);
  const match = findService(last, member, place);
  if (cachedServices.size > mostKnown) cachedServices.clear();
  cachedServices.set(text, match);
  return match;
}

const mostKnown = 5000;

function findService(
  statements: readonly Statement[],
  { resource }: Member,
  place: Place,
): RecognisedService | undefined {
  const matches = servicePresets.flatMap((preset) => {
    const { usage, specs } = preset.requires;
    if (usage !== resource.usage || !specs.includes(resource.spec)) return [];
    return optionsFor(preset, statements).flatMap((options): readonly RecognisedService[] => {
      const parsed = preset.options.safeParse(options);
      if (!parsed.success) return [];
      const presetStatements = preset.statements(parsed.data, place);
      const last = statements.slice(-presetStatements.length);
      const isSame =
        presetStatements.length > 0 &&
        presetStatements.length === last.length &&
        presetStatements.every((one, index) => {
          const other = last[index];
          return other !== undefined && areEqual({ effect: 'Allow', resources: [literal('*')], ...one }, other);
        });
      const service = Object.keys(options).length === 0 ? preset.name : { name: preset.name, ...options };
      return isSame ? [{ service, count: presetStatements.length }] : [];
    });
  });
  return matches.sort((one, other) => other.count - one.count)[0];
}

/** Returns the options to try for a service: first none, then one option at a time, with names taken from the conditions. */
function optionsFor(preset: ServicePreset, statements: readonly Statement[]): readonly Record<string, string[]>[] {
  const [last] = statements.slice(-1);
  const arns = (last?.conditions ?? []).map(({ values }) =>
    values.flatMap((value) => (value.kind === 'literal' && value.text.startsWith('arn:') ? [value.text] : [])),
  );
  const names = arns
    .filter((values) => values.length > 0)
    .flatMap((values) => {
      const resources = values.map((arn) => arn.split(':').slice(5).join(':'));
      return [resources.map((one) => one.replace(/^[^/:]+[/:]/, '')), resources, values];
    });
  const options = Object.keys(preset.options.shape);
  return [{}, ...options.flatMap((option) => names.map((values) => ({ [option]: values })))];
}

type SourcelessStatement = Omit<Statement, 'source'>;

/** Whether two statements are equal, apart from their source and the order of conditions. */
function areEqual(one: SourcelessStatement, other: SourcelessStatement): boolean {
  return inAnyOrder(one) === inAnyOrder(other);
}

function inAnyOrder(statement: SourcelessStatement): string {
  return statementText({ ...statement, conditions: [] }) + statement.conditions.map(conditionKey).sort().join();
}

function conditionKey({ operator, key, values }: Condition): string {
  return JSON.stringify([operator, key, values]);
}
