/** The oracle's findings, in the words of the table at the end of a run; docs/conformance.md has the details. */
export const departures = {
  /** Optional and computed: Terraform proposes what was there, and the provider does not object. */
  kept: (argument: string) => `Terraform leaves ${argument} as it was when it is no longer written`,
  /** `prevent_destroy` disappears with its block, since a key with imported material has another type. */
  otherType: 'Terraform destroys a retained key that becomes a key with imported material',
};
