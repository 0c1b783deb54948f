import type { DiagnosticDefinition } from '@keywright/core/diagnostics/diagnostic';
import { actionsWorkAcrossAccounts } from './actions-work-across-accounts.ts';
import { administratorsDoNotUse } from './administrators-do-not-use.ts';
import { allActionsAreForTheRoot } from './all-actions-are-for-the-root.ts';
import { anyoneIsLimited } from './anyone-is-limited.ts';
import { assumingOutsidersHaveAReason } from './assuming-outsiders-have-a-reason.ts';
import { assumingTakesAnIamPolicy } from './assuming-takes-an-iam-policy.ts';
import { conditionKeysExist } from './condition-keys-exist.ts';
import { conditionKeysFitKeyPolicies } from './condition-keys-fit-key-policies.ts';
import { conditionKeysOccur } from './condition-keys-occur.ts';
import { conditionsGoTogether } from './conditions-go-together.ts';
import { deletionCanBeStopped } from './deletion-can-be-stopped.ts';
import { deniesBySourceSpareCallers } from './denies-by-source-spare-callers.ts';
import { deniesDoNotEnd } from './denies-do-not-end.ts';
import { deployRolesMayDeploy } from './deploy-roles-may-deploy.ts';
import { deploymentsCompleteTheKey } from './deployments-complete-the-key.ts';
import { deploymentsReadTheKey } from './deployments-read-the-key.ts';
import { encryptionContextsAreSpeltRight } from './encryption-contexts-are-spelt-right.ts';
import { exemptPrincipalsAreLetThrough } from './exempt-principals-are-let-through.ts';
import { federatedRolesNameTheirUsers } from './federated-roles-name-their-users.ts';
import { granteesGetIn } from './grantees-get-in.ts';
import { grantsAreForAwsResources } from './grants-are-for-aws-resources.ts';
import { grantsAreNotPassedOn } from './grants-are-not-passed-on.ts';
import { identityPoliciesHaveRoom } from './identity-policies-have-room.ts';
import { identityPoliciesNameTheirKeys } from './identity-policies-name-their-keys.ts';
import { keyCanDoWhatIsAllowed } from './key-can-do-what-is-allowed.ts';
import { keyPolicyHasRoom } from './key-policy-has-room.ts';
import { keysHaveTheValuesAskedFor } from './keys-have-the-values-asked-for.ts';
import { keysOutliveTheirStack } from './keys-outlive-their-stack.ts';
import { linkedRolesCreateGrants } from './linked-roles-create-grants.ts';
import { linkedRolesOfOthersHaveGrants } from './linked-roles-of-others-have-grants.ts';
import { networksSpareServices } from './networks-spare-services.ts';
import { notEveryoneDecrypts } from './not-everyone-decrypts.ts';
import { operatorsFitTheirKeys } from './operators-fit-their-keys.ts';
import { outsidersHaveAReason } from './outsiders-have-a-reason.ts';
import { replicasAreAsClosedAsTheirPrimary } from './replicas-are-as-closed-as-their-primary.ts';
import { resourceIsThisKey } from './resource-is-this-key.ts';
import { resourcesAreKeysOrAliases } from './resources-are-keys-or-aliases.ts';
import { rolesAreNotForEveryone } from './roles-are-not-for-everyone.ts';
import { rolesLetSomebodyIn } from './roles-let-somebody-in.ts';
import { rootIsDelegated } from './root-is-delegated.ts';
import type { Rule } from './rule.ts';
import { servicesActForKnownSources } from './services-act-for-known-sources.ts';
import { servicesCanUseSuchKeys } from './services-can-use-such-keys.ts';
import { servicesHaveTheirOwnNames } from './services-have-their-own-names.ts';
import { somebodyCanChangeThePolicy } from './somebody-can-change-the-policy.ts';
import { statementsAddSomething } from './statements-add-something.ts';
import { statementsAreNotDenied } from './statements-are-not-denied.ts';
import { symmetricKeysRotate } from './symmetric-keys-rotate.ts';
import { tagsDoNotLetTaggersIn } from './tags-do-not-let-taggers-in.ts';
import { trustConditionKeysExist } from './trust-condition-keys-exist.ts';
import { trustOperatorsFitTheirKeys } from './trust-operators-fit-their-keys.ts';
import { viaServiceIsInTheRegion } from './via-service-is-in-the-region.ts';

/** Every rule, one file each, in the order of their codes. */
export const rules: readonly Rule[] = [
  somebodyCanChangeThePolicy,
  rootIsDelegated,
  anyoneIsLimited,
  outsidersHaveAReason,
  allActionsAreForTheRoot,
  administratorsDoNotUse,
  notEveryoneDecrypts,
  grantsAreForAwsResources,
  servicesActForKnownSources,
  keyCanDoWhatIsAllowed,
  conditionKeysExist,
  conditionKeysOccur,
  operatorsFitTheirKeys,
  viaServiceIsInTheRegion,
  resourceIsThisKey,
  statementsAddSomething,
  statementsAreNotDenied,
  symmetricKeysRotate,
  keysOutliveTheirStack,
  deletionCanBeStopped,
  granteesGetIn,
  keyPolicyHasRoom,
  identityPoliciesHaveRoom,
  keysHaveTheValuesAskedFor,
  encryptionContextsAreSpeltRight,
  identityPoliciesNameTheirKeys,
  rolesAreNotForEveryone,
  federatedRolesNameTheirUsers,
  assumingOutsidersHaveAReason,
  exemptPrincipalsAreLetThrough,
  replicasAreAsClosedAsTheirPrimary,
  networksSpareServices,
  assumingTakesAnIamPolicy,
  deniesDoNotEnd,
  trustOperatorsFitTheirKeys,
  deniesBySourceSpareCallers,
  grantsAreNotPassedOn,
  deploymentsReadTheKey,
  tagsDoNotLetTaggersIn,
  trustConditionKeysExist,
  rolesLetSomebodyIn,
  servicesHaveTheirOwnNames,
  actionsWorkAcrossAccounts,
  linkedRolesOfOthersHaveGrants,
  servicesCanUseSuchKeys,
  deploymentsCompleteTheKey,
  conditionsGoTogether,
  deployRolesMayDeploy,
  resourcesAreKeysOrAliases,
  linkedRolesCreateGrants,
  conditionKeysFitKeyPolicies,
];

/** Every diagnostic that rules can raise, by code. */
export const catalogue: readonly DiagnosticDefinition<never>[] = rules.map(({ definition }) => definition);
