/**
 * Returns the logical id of a key set's key or alias, which the CDK chooses in the accelerator's logging stack. Source:
 * awslabs/landing-zone-accelerator-on-aws, logging-stack.ts, createKeys; aws-cdk, core/lib/private/uniqueid.ts.
 */
export function logicalId(keySet: string, kind: 'key' | 'alias'): string {
  const construct = `AcceleratorKmsKey-${pascalCase(keySet)}`;
  const path = kind === 'key' ? [construct, 'Resource'] : [construct, 'Alias', 'Resource'];
  const hash = process.getBuiltinModule('node:crypto').createHash('md5').update(path.join('/')).digest('hex');
  const readable = path.filter((part) => part !== 'Resource').map((part) => part.replaceAll(/[^A-Za-z0-9]/g, ''));
  return readable.join('').slice(0, 240) + hash.slice(0, 8).toUpperCase();
}

/** Converts like the package `pascal-case`: `app-ebs_key` becomes `AppEbsKey`, and a word that starts with a digit gets an underscore. */
export function pascalCase(text: string): string {
  const words = text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return words
    .map((word, index) => {
      const first = word.charAt(0);
      const start = index > 0 && first >= '0' && first <= '9' ? `_${first}` : first.toUpperCase();
      return start + word.slice(1).toLowerCase();
    })
    .join('');
}
