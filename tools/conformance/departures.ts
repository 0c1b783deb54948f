/**
 * Lists the ways in which Keywright deliberately departs from an oracle. A difference that none of these rules explains is a failure, and
 * so is a rule that a whole run never needs.
 */
import { administeringSpecialKeys } from './oracles/cdk/departures/administering-special-keys.ts';
import type { Departure } from './oracles/cdk/departures/departure.ts';
import { droppedGrants } from './oracles/cdk/departures/dropped-grants.ts';
import { conditionsOnTheGrantee, immutableRoles, viaOnTheGrantee } from './oracles/cdk/departures/dropped-parts.ts';
import { emptyStacks } from './oracles/cdk/departures/empty-stacks.ts';
import { granteesThatComeAfter } from './oracles/cdk/departures/grantees-that-come-after.ts';
import { grouping, trustGrouping } from './oracles/cdk/departures/grouping.ts';
import { importedKeysByArn } from './oracles/cdk/departures/imported-keys.ts';
import {
  keyPolicyAlone,
  keyPolicyOfOtherRegions,
  keysOfOtherAccounts,
  keysOfOtherRegions,
} from './oracles/cdk/departures/keys-of-other-places.ts';
import { knownAliasNames } from './oracles/cdk/departures/known-alias-names.ts';
import {
  replicaArnIsKnown,
  replicaOfAnotherStack,
  replicaTrustsItsAccount,
} from './oracles/cdk/departures/replicas.ts';
import { rolesOfAws } from './oracles/cdk/departures/roles-of-aws.ts';
import { serviceHosts } from './oracles/cdk/departures/service-hosts.ts';
import { sessionTags } from './oracles/cdk/departures/session-tags.ts';
import { statementsWithoutResource } from './oracles/cdk/departures/statements-without-resource.ts';
import { trustIsReadFromThePolicy } from './oracles/cdk/departures/trust-is-read-from-the-policy.ts';
import { usersOfOtherAccounts } from './oracles/cdk/departures/users-of-other-accounts.ts';
import { waitingForPrincipals } from './oracles/cdk/departures/waiting-for-principals.ts';

export const departures: readonly Departure[] = [
  administeringSpecialKeys,
  trustIsReadFromThePolicy,
  keysOfOtherAccounts,
  keysOfOtherRegions,
  keyPolicyOfOtherRegions,
  keyPolicyAlone,
  importedKeysByArn,
  replicaArnIsKnown,
  replicaOfAnotherStack,
  replicaTrustsItsAccount,
  droppedGrants,
  rolesOfAws,
  immutableRoles,
  viaOnTheGrantee,
  conditionsOnTheGrantee,
  usersOfOtherAccounts,
  serviceHosts,
  waitingForPrincipals,
  granteesThatComeAfter,
  grouping,
  trustGrouping,
  sessionTags,
  statementsWithoutResource,
  knownAliasNames,
  emptyStacks,
];
