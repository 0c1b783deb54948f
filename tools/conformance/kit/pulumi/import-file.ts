/** The file for `pulumi import --file`. */
export interface ImportFile {
  /** The URN of each provider, by the name that the resources use for the provider. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly id: string;
    readonly provider?: string;
  }[];
}
