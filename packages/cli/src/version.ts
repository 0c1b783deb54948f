import { packageFile } from './package-file.ts';

export function version(): string {
  const { version }: { readonly version: string } = JSON.parse(packageFile('package.json').toString());
  return version;
}
