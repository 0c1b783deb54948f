/** The file for `pulumi import --file`. */
export interface ImportFile {
  /** Maps the name that resources use for a provider to the provider's URN. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly provider?: string;
  }[];
}
