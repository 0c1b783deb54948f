/**
 * Derives condition keys from a request: from the principal, the key and the operation. Sources: IAM User Guide, "AWS
 * global condition context keys" (the availability of each key) and "IAM policy elements: Variables and tags",
 * "Principal key values"; AWS KMS Developer Guide, "AWS KMS condition keys".
 */

import { isServiceLinkedRole } from '@keywright/core/kms/service-linked-role';
import { takesEncryptionContext } from '../facts/actions.ts';
import { conditionKeyNamed } from '../facts/condition-key-names.ts';
import { availability } from '../facts/condition-keys.ts';
import { valuesFor } from '../facts/key-values.ts';
import { maySetSourceIdentity } from '../facts/source-identity.ts';
import type { PictureKey } from '../picture.ts';
import { isSetOfPrincipals } from '../principal.ts';
import { accountOf as callersAccount } from '../principal-account.ts';
import { iamArn, parseArn } from '../value/arn.ts';
import { joinValue, shown, type Value } from '../value/value.ts';
import type { ContextEntry, RequestFacts } from './context.ts';

type Derivation = (facts: RequestFacts) => ContextEntry;

export function deriveEntry(key: string, facts: RequestFacts): ContextEntry {
  const available = availability(key, facts.operation, facts.isAboutKey);
  if (available === 'never') return 'absent';
  const derivation = Object.hasOwn(derivations, key)
    ? derivations[key]
    : families.find(({ prefix }) => key.startsWith(prefix))?.derive(key);
  const entry = derivation === undefined ? 'unknown' : derivation(facts);
  return entry === 'unknown' && available === 'always' ? presentValue(key) : entry;
}

/** The entry of a condition key that is present with an unknown value. */
function presentValue(key: string): ContextEntry {
  const conditionKey = conditionKeyNamed(key);
  return [
    joinValue([{ unknown: 'value', of: conditionKey === undefined || conditionKey.family ? key : conditionKey.name }]),
  ];
}

const present =
  (key: string): Derivation =>
  () =>
    presentValue(key);
const always =
  (value: string): Derivation =>
  () => [value];

/** For a condition key that is present only when an AWS service calls as itself, on behalf of a resource. */
const ofServices: Derivation = ({ principal }) => (principal.kind === 'service' ? 'unknown' : 'absent');

/** For a condition key that is present only when a service calls on behalf of the principal. */
const ofCallsThroughServices: Derivation = ({ principal, via }) =>
  via === null || principal.kind === 'service' ? 'absent' : 'unknown';

/** For a condition key that is present only in requests through a VPC endpoint, which services that call as themselves do not use. */
const ofEndpoints: Derivation = (facts) => (isService(facts) ? 'absent' : 'unknown');

/** Used as the account, the ARN and the id of an AWS service. No policy contains this text. */
const ofService = 'an AWS service';

const keySpec: Derivation = ({ key }) => (key.traits === undefined ? 'unknown' : [key.traits.spec]);
const keyUsage: Derivation = ({ key }) => (key.traits === undefined ? 'unknown' : [key.traits.usage]);

const derivations: Readonly<Record<string, Derivation>> = {
  'aws:calledvia': ofCallsThroughServices,
  'aws:calledviafirst': ofCallsThroughServices,
  'aws:calledvialast': ofCallsThroughServices,
  'aws:currenttime': present('aws:currenttime'),
  'aws:epochtime': present('aws:epochtime'),
  'aws:federatedprovider': ({ principal, known }) => {
    if (principal.kind === 'role' || principal.kind === 'session')
      return known?.federated === false ? 'absent' : 'unknown';
    return isSetOfPrincipals(principal) ? 'unknown' : 'absent';
  },
  // Services have no MFA device. For a role that only services can assume, `aws:MultiFactorAuthAge` is therefore absent, and
  // `aws:MultiFactorAuthPresent` is false.
  'aws:multifactorauthage': (facts) => (isService(facts) || isForServicesOnly(facts) ? 'absent' : 'unknown'),
  'aws:multifactorauthpresent': (facts) => {
    if (isService(facts)) return 'absent';
    return isForServicesOnly(facts) ? ['false'] : 'unknown';
  },
  // Every request has this condition key. The account of a service belongs to AWS.
  'aws:principalaccount': ({ principal }) => [principal.kind === 'service' ? ofService : callersAccount(principal)],
  'aws:principalarn': ({ principal, key }) => {
    switch (principal.kind) {
      case 'role':
      case 'user':
      case 'federatedUser':
      case 'root':
        return [principal.arn];
      case 'session': {
        // `aws:PrincipalArn` is the role's ARN; a session's ARN does not include the role's path.
        const partition = parseArn(principal.arn)?.partition ?? key.partition;
        const path = {
          unknown: 'path',
          of: `the role ${typeof principal.role === 'string' ? principal.role : principal.role.text}`,
        } as const;
        return [iamArn(partition, principal.account, joinValue(['role/', path, principal.role]))];
      }
      case 'group':
        return [iamArn(key.partition, principal.account, joinValue(['user/', somePrincipal('a member of the group')]))];
      case 'account':
        return [iamArn(key.partition, principal.account, joinValue([somePrincipal('the account')]))];
      // AWS documents values for roles, users and root users only.
      case 'service':
        return { ifPresent: ofService };
      case 'organization':
      case 'orgUnit':
      case 'anyone':
        return 'unknown';
    }
  },
  'aws:principalisawsservice': ({ principal }) => [principal.kind === 'service' ? 'true' : 'false'],
  'aws:principalorgid': ({ principal }) => {
    if (principal.kind === 'organization') return [principal.id];
    if (principal.kind === 'orgUnit') return [principal.path.slice(0, principal.path.indexOf('/'))];
    return principal.kind === 'service' ? 'absent' : 'unknown';
  },
  'aws:principalorgpaths': ({ principal }) => {
    if (principal.kind === 'organization')
      return [joinValue([`${principal.id}/`, { unknown: 'path', of: 'the account' }])];
    if (principal.kind === 'orgUnit')
      return [joinValue([`${principal.path}/`, { unknown: 'path', of: 'the account' }])];
    return principal.kind === 'service' ? 'absent' : 'unknown';
  },
  'aws:principalservicename': ({ principal }) => (principal.kind === 'service' ? [principal.host] : 'absent'),
  'aws:principalservicenameslist': ofServices,
  'aws:principaltype': ({ principal }) => {
    switch (principal.kind) {
      case 'role':
      case 'session':
        return ['AssumedRole'];
      case 'user':
      case 'group':
        return ['User'];
      case 'federatedUser':
        return ['FederatedUser'];
      case 'root':
        return ['Account'];
      default:
        return 'unknown';
    }
  },
  'aws:requestedregion': ({ key }) => [key.region],
  'aws:resourceaccount': ({ key, isAboutKey }) => (isAboutKey ? [key.account] : 'unknown'),
  'aws:securetransport': always('true'), // KMS answers over TLS only
  'aws:sourceaccount': ofServices,
  'aws:sourcearn': ofServices,
  'aws:sourceorgid': ofServices,
  'aws:sourceorgpaths': ofServices,
  'aws:sourceidentity': ({ principal, known }) => {
    if (isSetOfPrincipals(principal)) return 'unknown';
    if (principal.kind !== 'role' && principal.kind !== 'session') return 'absent';
    const maySet = known?.trust?.some((statement) =>
      statement.principals.some((trusted) => maySetSourceIdentity(trusted, statement)),
    );
    return maySet === false ? 'absent' : 'unknown';
  },
  'aws:sourcevpc': ofEndpoints,
  'aws:sourcevpcarn': ofEndpoints,
  'aws:sourcevpce': ofEndpoints,
  'aws:tokenissuetime': ({ principal }) => {
    const temporary = principal.kind === 'role' || principal.kind === 'session' || principal.kind === 'federatedUser';
    return temporary ? presentValue('aws:tokenissuetime') : 'unknown';
  },
  'aws:useragent': present('aws:useragent'),
  // Source: IAM User Guide, "IAM policy elements: Variables and tags", "Principal key values"; "IAM identifiers", "Unique ID prefixes".
  'aws:userid': ({ principal }) => {
    const id = { unknown: 'value', of: 'aws:userid' } as const;
    switch (principal.kind) {
      case 'role':
        return [joinValue(['AROA', id])];
      case 'session':
        return [joinValue(['AROA', id, ':', principal.session])];
      case 'user':
      case 'group':
        return [joinValue(['AIDA', id])];
      case 'federatedUser':
        return [joinValue([principal.account, ':', principal.name])];
      case 'root':
        return [principal.account];
      case 'service':
        return { ifPresent: ofService };
      default:
        return presentValue('aws:userid');
    }
  },
  'aws:username': ({ principal }) => {
    if (principal.kind === 'user') return [principal.name];
    if (principal.kind === 'group') return presentValue('aws:username');
    return isSetOfPrincipals(principal) ? 'unknown' : 'absent';
  },
  'aws:vpcsourceip': ofEndpoints,
  'aws:viaawsservice': ({ principal, via }) => {
    if (principal.kind === 'service' || via === null) return ['false'];
    return via === undefined ? presentValue('aws:viaawsservice') : ['true'];
  },

  // AWS documents this condition key only for callers that belong to an account. A service belongs to no account of a customer.
  'kms:calleraccount': ({ principal }) =>
    principal.kind === 'service' ? { ifPresent: ofService } : [callersAccount(principal)],
  'kms:customermasterkeyspec': keySpec,
  'kms:customermasterkeyusage': keyUsage,
  'kms:encryptionalgorithm': ({ key }) => algorithm('kms:encryptionalgorithm', key),
  'kms:encryptioncontextkeys': (facts) => {
    const context = encryptionContextOf(facts);
    if (context === undefined) return 'unknown';
    const names = Object.keys(context);
    return names.length === 0 ? 'absent' : names;
  },
  'kms:grantisforawsresource': ({ principal, via }) =>
    via === null && principal.kind !== 'service' ? ['false'] : 'unknown',
  'kms:keyagreementalgorithm': always('ECDH'),
  'kms:keyorigin': ({ key }) => (key.traits === undefined ? 'unknown' : [key.traits.origin]),
  'kms:keyspec': keySpec,
  'kms:keyusage': keyUsage,
  'kms:macalgorithm': ({ key }) => algorithm('kms:macalgorithm', key),
  'kms:multiregion': ({ key }) => (key.traits === undefined ? 'unknown' : [String(key.traits.multiRegion)]),
  'kms:multiregionkeytype': ({ key }) => {
    if (key.traits === undefined) return 'unknown';
    if (!key.traits.multiRegion) return 'absent';
    return [key.kind === 'replicaKey' ? 'REPLICA' : 'PRIMARY'];
  },
  // A request can name a key only by an alias that the key has.
  'kms:requestalias': ({ key }) => {
    const [only, another] = key.aliases;
    if (key.kind === 'referred' || another !== undefined) return 'unknown';
    return only === undefined ? 'absent' : { ifPresent: only };
  },
  'kms:resourcealiases': ({ key }) => {
    // A key outside the program may have aliases that the program does not know.
    if (key.kind === 'referred') return 'unknown';
    return key.aliases.length === 0 ? 'absent' : key.aliases;
  },
  'kms:signingalgorithm': ({ key }) => algorithm('kms:signingalgorithm', key),
  'kms:viaservice': ({ principal, via, key }) => {
    if (via === null || principal.kind === 'service') return 'absent';
    if (via === undefined) return 'unknown';
    // The suffix is the same in every partition, China included.
    return [via.includes('.') ? via : joinValue([`${via}.`, key.region, '.amazonaws.com'])];
  },
};

const families: readonly { readonly prefix: string; readonly derive: (key: string) => Derivation }[] = [
  {
    prefix: 'kms:encryptioncontext:',
    derive: (key) => (facts) => {
      const context = encryptionContextOf(facts);
      if (context === undefined) return 'unknown';
      // Names in the encryption context are part of the condition key, and condition keys are case-insensitive.
      const name = key.slice('kms:encryptioncontext:'.length);
      const values = Object.entries(context).filter(([pair]) => pair.toLowerCase() === name);
      return values.length === 0 ? 'absent' : values.map(([, value]) => value);
    },
  },
  {
    prefix: 'aws:principaltag/',
    derive: (key) => (facts) => {
      const { principal, known } = facts;
      if (principal.kind === 'root' || principal.kind === 'service') return 'absent';
      const tags = known?.tags;
      return tags === undefined ? 'unknown' : tagOf(tags, key.slice('aws:principaltag/'.length));
    },
  },
  {
    prefix: 'aws:resourcetag/',
    derive:
      (key) =>
      ({ key: kmsKey, isAboutKey }) => {
        if (kmsKey.kind === 'referred' || !isAboutKey) return 'unknown';
        return tagOf(kmsKey.tags, key.slice('aws:resourcetag/'.length));
      },
  },
];

/** The entry for a condition key that tests a tag. Tag names are case-sensitive, condition keys are not. */
function tagOf(tags: ReadonlyMap<string, Value>, name: string): ContextEntry {
  // AWS adds tags of its own, such as aws:cloudformation:stack-name.
  if (name.startsWith('aws:')) return 'unknown';
  for (const [tag, value] of tags) if (tag.toLowerCase() === name) return [value];
  return 'absent';
}

/** The encryption context: empty for operations and keys that take none, `undefined` if unknown. */
function encryptionContextOf(facts: RequestFacts): Readonly<Record<string, string>> | undefined {
  const { key, operation, encryptionContext } = facts;
  const takes = takesEncryptionContext(operation);
  if (takes && key.traits !== undefined && key.traits.spec !== 'SYMMETRIC_DEFAULT') return {};
  // CreateGrant carries the encryption context of the grant it creates.
  return encryptionContext;
}

function isService({ principal }: RequestFacts): boolean {
  return principal.kind === 'service';
}

/** Whether only services can assume a role: it is service-linked, or its trust policy names nobody else. */
function isForServicesOnly({ principal, known }: RequestFacts): boolean {
  if (principal.kind !== 'role' && principal.kind !== 'session') return false;
  const trusted = known?.trust?.flatMap(({ principals }) => principals) ?? [];
  return (
    isServiceLinkedRole(shown(principal.arn)) || (trusted.length > 0 && trusted.every(({ kind }) => kind === 'service'))
  );
}

function somePrincipal(of: string) {
  return { unknown: 'principal', of } as const;
}

function algorithm(conditionKey: string, { traits }: PictureKey): ContextEntry {
  const possible = (traits && valuesFor(conditionKey, traits)) ?? [];
  return possible.length === 1 ? possible : 'unknown';
}
