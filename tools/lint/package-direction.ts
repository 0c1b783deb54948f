/**
 * Enforces the direction between packages: cli → graph and migrate → analyze → core, and cli → emitters, readers and lookup → core, and nx
 * → core. A package imports another package only by name, and only if its package.json declares that package. No relative import leaves a
 * package.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const emitters = readdirSync('packages').filter((name) => name.startsWith('emit-'));

/** The packages that read existing resources. */
const readers = readdirSync('packages').filter((name) => name.startsWith('read-'));

const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ...Object.fromEntries(emitters.map((name) => [name, ['core']])),
  lookup: ['core'],
  nx: ['core'],
  analyze: ['core'],
  graph: ['core', 'analyze'],
  ...Object.fromEntries(readers.map((name) => [name, ['core']])),
  'read-account': ['core', 'lookup'],
  migrate: ['core', 'analyze'],
  cli: ['core', 'analyze', 'graph', 'migrate', ...emitters, ...readers, 'lookup'],
};

function problemsOf(packageName: string, file: string, text: string): readonly string[] {
  const root = resolve('packages', packageName);
  const problems: string[] = [];
  for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    if (specifier.startsWith('.')) {
      const target = relative(root, resolve(dirname(file), specifier));
      if (target.startsWith('..')) problems.push(`${file}: ${specifier} leaves the package; import it by name`);
      continue;
    }
    const [, other] = /^@keywright\/([^/]+)/.exec(specifier) ?? [];
    if (other === undefined) continue;
    if (other === packageName) problems.push(`${file}: ${specifier} is this package; import it by path`);
    else if (!allowed[packageName]?.includes(other)) problems.push(`${file}: ${packageName} must not import ${other}`);
  }
  return problems;
}

function check(): number {
  const problems = Object.keys(allowed).flatMap((packageName) => {
    const folder = join('packages', packageName, 'src');
    return (
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        // Tests and test support are not part of a package.
        .filter((name) => name.endsWith('.ts') && !name.includes('.test') && !name.startsWith('testing'))
        .flatMap((name) => problemsOf(packageName, join(folder, name), readFileSync(join(folder, name), 'utf8')))
    );
  });
  for (const folder of readdirSync('packages')) {
    if (!(folder in allowed)) problems.push(`packages/${folder} has no place in the direction of the packages`);
  }
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = check();
