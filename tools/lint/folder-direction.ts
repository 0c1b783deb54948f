/**
 * Enforces the order of core's folders: a file imports only from its own folder and from folders before it in the list. In no package or
 * tool do files, or folders, import each other in a circle. Tests may import anything. Oracles do not import each other: code that two of
 * them need is in their kit, which imports no oracle.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The folders of `packages/core/src`. The files in `.` put the phases together. */
const coreFolders = [
  'collections',
  'source',
  'schema',
  'kms',
  'ir',
  'diagnostics',
  'kms/services',
  'syntax',
  'language',
  'emit',
  'reading',
  'project',
  'context',
  'resolve',
  'review',
  'keys',
  'principals',
  'stacks',
  'policy',
  'requirements',
  'synthesise',
  'changes',
  '.',
];

/** The imports of each file from its own package. Paths are below `src`. */
type Imports = ReadonlyMap<string, readonly string[]>;

function importsOf(root: string): Imports {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      /\.m?ts$/.test(name) &&
      !name.includes('.test') &&
      !name.endsWith('.d.ts') &&
      !name.startsWith('testing') &&
      !name.includes('node_modules'),
  );
  return new Map(
    names.map((name) => {
      const file = join(root, name);
      const imports = [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import) '(\.[^']+)'/g)].map(
        ([, specifier = '']) => relative(root, resolve(dirname(file), specifier)),
      );
      return [name, imports];
    }),
  );
}

/** Reports imports from a later folder, and folders that are not in the order. */
function againstTheOrder(imports: Imports, order: readonly string[]): readonly string[] {
  const problems: string[] = [];
  for (const [file, targets] of imports) {
    const position = order.indexOf(dirname(file));
    if (position < 0) problems.push(`${file}: folder ${dirname(file)} has no place in the order of the folders`);
    for (const target of targets) {
      if (order.indexOf(dirname(target)) > position)
        problems.push(`${file} imports ${target}, whose folder comes later`);
    }
  }
  return problems;
}

/** Returns the names on the first cycle in a graph; `undefined` if there is no cycle. */
function circleIn(graph: ReadonlyMap<string, Iterable<string>>): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const follow = (node: string): readonly string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const circle = follow(next);
      if (circle !== undefined) return circle;
    }
    path.pop();
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = follow(node);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** Returns the folders that each folder of a package depends on. A file that is in no folder counts as a folder. */
function folderGraph(imports: Imports): ReadonlyMap<string, ReadonlySet<string>> {
  const folderOf = (file: string) => (dirname(file) === '.' ? file : dirname(file));
  const graph = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    const folder = folderOf(file);
    const needed = graph.get(folder) ?? new Set<string>();
    for (const target of targets.map(folderOf)) if (target !== folder) needed.add(target);
    graph.set(folder, needed);
  }
  return graph;
}

/** Returns the oracle of a file: `cdk` for `oracles/cdk/judge.ts` and `oracles/cdk.ts`; `undefined` for a file of no oracle. */
function oracleOf(file: string): string | undefined {
  return /^oracles\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(file)?.[1];
}

/** Reports imports of an oracle's files by another oracle or by the kit. */
function betweenOracles(imports: Imports): readonly string[] {
  return [...imports].flatMap(([file, targets]) => {
    if (!/^(?:oracles|kit)\//.test(file)) return [];
    return targets
      .filter((target) => oracleOf(target) !== undefined && oracleOf(target) !== oracleOf(file))
      .map((target) => `tools/conformance/${file} imports ${target} of another oracle; what both need belongs in kit`);
  });
}

function check(): number {
  const sources = [
    ...readdirSync('packages').map((name) => `packages/${name}/src`),
    ...readdirSync('tools', { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [`tools/${entry.name}`] : [],
    ),
  ];
  const problems = sources.flatMap((source) => {
    const imports = importsOf(source);
    const circles = [circleIn(imports), circleIn(folderGraph(imports))].filter((circle) => circle !== undefined);
    return [
      ...(source === 'packages/core/src' ? againstTheOrder(imports, coreFolders) : []),
      ...circles.map((circle) => `${source}: ${circle.join(' needs ')}`),
    ];
  });
  problems.push(...betweenOracles(importsOf('tools/conformance')));
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = check();
