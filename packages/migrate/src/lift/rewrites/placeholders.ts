import type { Environment, Program } from '@keywright/core/ir/program';
import type { KeyDefinition, ReplicaDefinition } from '@keywright/core/language/key';
import type { Draft } from '../draft/draft.ts';
import { environmentOf } from '../draft/environment-of.ts';
import { applyEquivalent, type Proposal, type Sense } from './keep.ts';
import { membersOf } from './members.ts';
import { mapTexts } from './texts.ts';

/** Writes `${account}` and `${region}` for a key's own account and region in its policy. */
export function usePlacePlaceholders(draft: Draft, program: Program, sense: Sense): Draft {
  const proposals = membersOf(program).flatMap((member): Proposal[] => {
    const environment = environmentOf(member.resource, member.stack);
    const definition = member.definitionIn(draft);
    if (definition === undefined || environment.account === undefined) return [];
    const apply = (changed: Draft) => {
      const definition = member.definitionIn(changed);
      if (definition !== undefined) nameIn(definition, environment);
    };
    const trial = structuredClone(definition);
    nameIn(trial, environment);
    if (JSON.stringify(trial) === JSON.stringify(definition)) return [];
    return [{ unit: member.resource.id, entries: [member.entry], apply }];
  });
  return applyEquivalent(draft, proposals, sense).draft;
}

/** The properties in which a place can be named. */
const parts = ['policy', 'statements', 'admins', 'services', 'grants', 'kmsGrants'] as const;

function nameIn(definition: KeyDefinition | ReplicaDefinition, environment: Environment): void {
  const properties: Partial<Record<(typeof parts)[number], unknown>> = definition;
  for (const part of parts) {
    if (properties[part] !== undefined)
      properties[part] = mapTexts(properties[part], (text, list) =>
        withPlaceholders(text, environment.account, namesOtherRegions(text, list) ? undefined : environment.region),
      );
  }
}

/** Whether a list has the same text for another region. If so, the list is about these particular regions, not about the key's own. */
function namesOtherRegions(text: string, list: readonly unknown[]): boolean {
  const anywhere = withoutRegion(text);
  return list.some((other) => typeof other === 'string' && other !== text && withoutRegion(other) === anywhere);
}

function withoutRegion(text: string): string {
  return text.replace(/(?<=[.:])[a-z]{2}(?:-[a-z]+)+-\d+(?=[.:])/, '');
}

/** Replaces the account if it is a whole text or a part of an ARN, and the region if it is a part of an ARN or of a host. */
function withPlaceholders(text: string, account: string | undefined, region: string | undefined): string {
  if (text === account) return '${account}';
  const isHost = region !== undefined && text.includes(`.${region}.`);
  if (!text.startsWith('arn:') && !isHost) return text;
  const withAccount = account === undefined ? text : text.replaceAll(`:${account}:`, () => ':${account}:');
  if (region === undefined) return withAccount;
  return withAccount.replaceAll(`:${region}:`, () => ':${region}:').replaceAll(`.${region}.`, () => '.${region}.');
}
