/**
 * Compiles generated programs with their tsconfig.json. Compiles many at once, because most of the time is spent on reading @pulumi/aws.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Subject } from '../../subject.ts';

export interface Compiled {
  /** The errors of the compiler. Empty if the programs are right. */
  readonly errors: readonly string[];
  /** The JavaScript of each program, by folder. A folder is missing if the compiler could not parse its text. */
  readonly code: ReadonlyMap<string, string>;
}

const installed = join(import.meta.dirname, '../../node_modules');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** The results, by the text of all programs of a subject, because a planted fault may be in other files. */
const known = new Map<string, Compiled>();

/** Returns the results in the order of the subjects. */
export async function compilePrograms(subjects: readonly Subject[]): Promise<readonly Compiled[]> {
  const unknown = subjects.filter((subject) => !known.has(keyOf(subject)));
  if (unknown.length > 0) {
    const compiled = await compileAll(unknown);
    for (const [index, subject] of unknown.entries()) {
      const own = compiled[index];
      if (own !== undefined) known.set(keyOf(subject), own);
    }
  }
  return subjects.map((subject) => known.get(keyOf(subject)) ?? { errors: ['it was not compiled'], code: new Map() });
}

function keyOf({ files }: Subject): string {
  const programs = [...files].filter(([path]) => path.startsWith('pulumi/'));
  return createHash('sha256').update(JSON.stringify(programs)).digest('hex');
}

async function compileAll(subjects: readonly Subject[]): Promise<readonly Compiled[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-pulumi-'));
  try {
    // A junction, because Windows lets anyone create one.
    symlinkSync(installed, join(folder, 'node_modules'), 'junction');
    const programs = subjects.flatMap((subject, index) => writePrograms(subject, `s${index}`, folder));
    const errors = new Map<string, string[]>();
    for (const [config, batch] of byConfig(programs, folder)) {
      const found = await compile(config, batch, folder);
      for (const { program, text } of found) errors.set(program, [...(errors.get(program) ?? []), text]);
    }
    return subjects.map((_, index) => {
      const own = programs.filter(({ subject }) => subject === `s${index}`);
      return {
        errors: own.flatMap(({ file }) => errors.get(file) ?? []),
        code: new Map(own.flatMap(({ name, file }) => codeOf(name, emitted(file, folder)))),
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function codeOf(name: string, file: string): readonly (readonly [string, string])[] {
  return existsSync(file) ? [[name, readFileSync(file, 'utf8')]] : [];
}

interface Program {
  readonly subject: string;
  /** The program's folder below `pulumi`. */
  readonly name: string;
  /** The path of the program, relative to its folder. */
  readonly file: string;
}

function writePrograms({ files }: Subject, subject: string, folder: string): readonly Program[] {
  const programs: Program[] = [];
  for (const [path, text] of files) {
    const [target, name = '', base] = path.split('/');
    if (target !== 'pulumi') continue;
    const file = `${subject}/${path}`;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    if (base === 'index.ts') programs.push({ subject, name, file });
  }
  return programs;
}

/** Groups programs with the same tsconfig.json into one compilation. Unless a fault is planted, the file is the same for all programs. */
function byConfig(programs: readonly Program[], folder: string): Map<string, Program[]> {
  const batches = new Map<string, { config: string; batch: Program[] }>();
  for (const program of programs) {
    const config = `${dirname(program.file)}/tsconfig.json`;
    const text = readFileSync(join(folder, config), 'utf8');
    const found = batches.get(text) ?? { config, batch: [] };
    found.batch.push(program);
    batches.set(text, found);
  }
  return new Map([...batches.values()].map(({ config, batch }) => [config, batch]));
}

async function compile(config: string, batch: readonly Program[], folder: string) {
  const project = {
    extends: `./${config}`,
    // All other options are those of the generated file. That file allows unused variables, for the convenience of its user.
    compilerOptions: { rootDir: '.', outDir: 'compiled', noUnusedLocals: true },
    files: batch.map(({ file }) => file),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  const child = spawn(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const found = said.split(/\n(?=\S)/).flatMap((text) => {
    const [, program] = /^(\S+?)\(\d+,\d+\): error /.exec(text) ?? [];
    return program === undefined ? [] : [{ program, text }];
  });
  if (status !== 0 && found.length === 0) throw new Error(`the compiler fails:\n${said}`);
  return found;
}

function emitted(file: string, folder: string): string {
  return join(folder, 'compiled', file.replace(/\.ts$/, '.js'));
}
