/** The departures, as the table at the end of a run shows them. docs/conformance.md has the details. */
export const departures = {
  /** The argument is optional and computed: Terraform proposes the previous value, and the provider does not object. */
  kept: (argument: string) => `Terraform leaves ${argument} as it was when it is no longer written`,
  /** A key with imported material has another type, so the block with `prevent_destroy` disappears. */
  otherType: 'Terraform destroys a retained key that becomes a key with imported material',
};
