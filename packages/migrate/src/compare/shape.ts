/**
 * The shape of a key is a text with everything that decides about access to the key. Keys of the same shape are decided alike. The shape
 * does not depend on Sids, on the order of a list, or on the spelling of an action or a principal. Shapes are cheap to make, and save work:
 * only keys whose shape changed are examined closely, and of many keys that changed alike, only one.
 */
import { describeNamed } from '@keywright/analyze/describe';
import { operationOf, operations } from '@keywright/analyze/facts/actions';
import { principalsConcerning } from '@keywright/analyze/find';
import { requesterOf } from '@keywright/analyze/named-principal';
import type { NamedPrincipal, PictureGrant, PicturePrincipal, PolicyStatement } from '@keywright/analyze/picture';
import { principalId } from '@keywright/analyze/principal-id';
import { operationsOf } from '@keywright/analyze/rules/read/operations';
import { shown, type Value } from '@keywright/analyze/value/value';
import { type KeySide, statementsAbout } from './access.ts';

/** With `list`, the order of statements and principals matters, so that keys of one shape have them at the same positions. */
export function shapeOf(side: KeySide, order: 'set' | 'list'): string {
  const { picture, key } = side;
  const about = statementsAbout(side);
  const texts = about.map((statement) => ('conditions' in statement ? statementText(statement) : grantText(statement)));
  const principals = principalsConcerning(picture, key).map(principalText);
  const keyArn = shown(key.arn);
  const statements = (order === 'list' ? texts : [...new Set(texts)].sort())
    .join('\n')
    .replaceAll(keyArn, '<this key>');
  return [
    statements,
    key.kind,
    JSON.stringify(key.traits ?? {}),
    [key.account, key.partition, key.region].map(shown).join(' '),
    asksFor(/tag/i, about) ? tagsText(key.tags) : '',
    asksFor(/alias/i, about) ? [...key.aliases].sort().join(' ') : '',
    (order === 'list' ? principals : principals.sort()).join('\n'),
  ].join('\n\n');
}

/** Whether a condition key or policy variable in the statements matches `what`. Ignores actions such as `kms:CreateAlias`. */
function asksFor(what: RegExp, statements: readonly (PolicyStatement | PictureGrant)[]): boolean {
  const isVariable = (value: Value) => {
    const text = shown(value);
    return text.includes('${') && what.test(text);
  };
  return statements.some(
    (one) =>
      'conditions' in one &&
      (one.conditions.some(({ key, values }) => what.test(key) || values.some(isVariable)) ||
        [...(one.resources ?? []), ...(one.notResources ?? [])].some(isVariable)),
  );
}

/**
 * Returns a text with everything that decides about access to a key before and after. The names of principals that a program creates are
 * replaced, since each stack has its own. If two keys have the same text, the principals to ask about are at the same positions.
 */
export function commonShape(before: KeySide, after: KeySide): string {
  const text = `${shapeOf(before, 'list')}\n\n\n${shapeOf(after, 'list')}`;
  const created = [before, after].flatMap(({ picture, key }) =>
    principalsConcerning(picture, key).flatMap(({ id, created }) => (created === undefined ? [] : [id])),
  );
  // An id consists of the names of a stack and a principal.
  return [...new Set(created)].reduce(
    (shape, id, index) =>
      shape.replaceAll(
        new RegExp(`(?<![\\w/.-])${id.replaceAll('.', '\\.')}(?![\\w/.-])`, 'g'),
        `<principal ${index}>`,
      ),
    text,
  );
}

/** Prints a statement without its Sid and with unordered lists sorted. */
function statementText(statement: PolicyStatement): string {
  const { ref, effect, principals, notPrincipals, resources, notResources, conditions } = statement;
  return JSON.stringify([
    ref.kind,
    // An identity policy is about its holder. A key policy is about the key itself, so its owner is left out.
    ref.kind === 'identityPolicy' ? ref.owner : '',
    effect,
    sorted(principals?.map(namedText)),
    sorted(notPrincipals?.map(namedText)),
    actionsText(statement),
    sorted(resources?.map(shown)),
    sorted(notResources?.map(shown)),
    sorted(
      conditions.map(({ operator, key, values }) =>
        JSON.stringify([operator.toLowerCase(), key.toLowerCase(), sorted(values.map(shown))]),
      ),
    ),
  ]);
}

function actionsText({ actions, notActions }: PolicyStatement): string {
  const actionsAsWritten = `${actions === undefined ? 'not ' : ''}${(actions ?? notActions ?? []).join()}`;
  const cached = actionTexts.get(actionsAsWritten);
  if (cached !== undefined) return cached;
  const patterns = (actions ?? notActions ?? []).map((pattern) => ({ pattern, found: operationsOf(pattern) }));
  const named = new Set(patterns.flatMap(({ found }) => found));
  const namedOperations = operations.filter((operation) => named.has(operation) === (actions !== undefined));
  // A pattern that matches no action of KMS stays as written.
  const others = patterns.filter(({ found }) => found.length === 0).map(({ pattern }) => operationOf(pattern));
  const text = `${namedOperations.join()}${others.length === 0 ? '' : ` ${actions === undefined ? 'not ' : ''}${sorted(others)}`}`;
  // Real policies have few distinct lists of actions. The limit prevents artificial policies from filling the memory.
  if (actionTexts.size < 10_000) actionTexts.set(actionsAsWritten, text);
  return text;
}

const actionTexts = new Map<string, string>();

function namedText(named: NamedPrincipal): string {
  const requester = requesterOf(named);
  if (requester === undefined || requester.kind === 'session') return `${named.kind} ${describeNamed(named)}`;
  return principalId(requester);
}

function grantText({ name, grantee, retiringPrincipal, operations, encryptionContext }: PictureGrant): string {
  return JSON.stringify([
    'kmsGrant',
    name,
    namedText(grantee),
    retiringPrincipal && namedText(retiringPrincipal),
    sorted(operations),
    encryptionContext ?? '',
  ]);
}

function principalText({ id, created, tags, federated }: PicturePrincipal): string {
  return created === undefined ? id : `${id} created ${tagsText(tags ?? new Map())} ${federated ?? ''}`;
}

function tagsText(tags: PicturePrincipal['tags'] & object): string {
  return JSON.stringify([...tags].map(([name, value]) => [name, shown(value)]).sort());
}

function sorted(texts: readonly string[] | undefined): string {
  return texts === undefined ? '' : JSON.stringify([...new Set(texts)].sort());
}
