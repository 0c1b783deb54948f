import { packageFile } from './package-file.ts';

/** The version of this package. */
export function version(): string {
  const { version }: { readonly version: string } = JSON.parse(packageFile('package.json').toString());
  return version;
}
