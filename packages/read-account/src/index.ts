/** The public API of `@keywright/read-account`; everything else in the package may change in any release. */
export { readAccounts } from './account-program.ts';
export { type AskOptions, askAccounts } from './ask-accounts.ts';
export { type AccountsFound, accountsOf, type FoundAccount } from './organization/account-definitions.ts';
export { askOrganization, type Organization, type OrganizationOptions } from './organization/ask-organization.ts';
export { organizationsRegion } from './organization/sdk-organization-calls.ts';
export { type AccountAnswers, type Survey, type SurveyedStack, surveyAccounts } from './survey-accounts.ts';
