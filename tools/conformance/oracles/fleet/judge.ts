import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../../oracle.ts';
import { type Running, startImport } from './command.ts';
import { differs, startWorld, type World } from './world.ts';

export interface FleetCase {
  readonly name: string;
  readonly seed: number;
  readonly accounts: number;
  readonly keys: number;
  /** How often the process is killed before it may end. */
  readonly kills: number;
  /** The share of KMS's quotas that is available. If absent: all of them. */
  readonly quota?: number;
  /** Makes a mistake in the stored answers of an account, which the next run reuses. */
  readonly mistake?: (lines: readonly string[]) => readonly string[];
}

/**
 * The maximum memory of the process. Facts about accounts are on disk and must not accumulate in memory, neither while accounts are asked
 * nor while their answers become YAML.
 */
const mostMegabytes = 300;

/**
 * The maximum number of requests, as a multiple of the fewest. Answers are lost for throttled requests, and for requests in progress when
 * the process is killed.
 */
const mostRequests = 1.05;

/** Returns the problems of a run over an organization: forbidden behaviour and wrong results. */
export async function problemsOf(fleet: FleetCase): Promise<readonly string[]> {
  const { keys, kills } = fleet;
  const world = await startWorld({ ...fleet, quota: fleet.quota ?? 1 });
  const folder = mkdtempSync(join(tmpdir(), 'keywright-fleet-'));
  const least = fleet.accounts * (2 + 5 * keys);
  const problems: string[] = [];
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const until = Math.floor((kill * least) / (kills + 1));
      await killedAfter(() => startImport(folder, world.accounts, world.url), until, world);
    }
    const first = await finished(startImport(folder, world.accounts, world.url), world);
    if (first.status !== 3) problems.push(`with keys that are refused it ends with ${first.status}: ${first.stderr}`);
    world.repair();
    if (fleet.mistake) spoil(folder, fleet.mistake);
    rmSync(join(folder, 'keywright.yaml'), { force: true });
    const last = await finished(startImport(folder, world.accounts, world.url), world);
    if (last.status !== 0) problems.push(`it ends with ${last.status}: ${last.stderr.slice(0, 2_000)}`);

    const { asked, throttled, overQuota } = world.counts;
    const memory = Math.max(first.peak, last.peak);
    console.log(
      `${fleet.name}: ${asked} requests where ${least} are the least, ${throttled} of them throttled, ` +
        `${Math.round(Math.max(first.asking, last.asking))} MB while asking, ${Math.round(memory)} MB at most`,
    );
    if (overQuota > 0) problems.push(`${overQuota} requests are over the quotas of KMS`);
    if (asked > mostRequests * least) problems.push(`${asked} requests where ${least} would do`);
    if (memory > mostMegabytes) problems.push(`it needs ${memory} MB`);
    problems.push(...wrongAnswers(folder, world.accounts, keys), ...wrongYaml(folder, fleet));
    return problems;
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills a process when KMS has received `requests` requests in all. Throws if the process ends earlier. */
async function killedAfter(start: () => Running, requests: number, world: World): Promise<void> {
  const running = start();
  world.onRequest = () => {
    if (world.counts.asked >= requests) running.kill();
  };
  await running.ended;
  world.onRequest = () => {};
}

async function finished(running: Running, world: World) {
  let [asking, peak] = [0, 0];
  const look = () => {
    peak = running.peakMemory() ?? peak;
  };
  world.onRequest = () => {
    if (world.counts.asked % 50 !== 0) return;
    look();
    asking = peak;
  };
  const watching = setInterval(look, 200);
  const ended = await running.ended;
  clearInterval(watching);
  world.onRequest = () => {};
  return { ...ended, asking, peak };
}

/** Maps the path of each account's file of answers to the lines of the file. */
function answersIn(folder: string): ReadonlyMap<string, readonly string[]> {
  const answers = join(folder, 'keywright-answers');
  return new Map(
    readdirSync(answers, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'utf8').trimEnd().split('\n')]),
  );
}

function spoil(folder: string, mistake: (lines: readonly string[]) => readonly string[]): void {
  const whole = [...answersIn(folder)].find(([, lines]) => lines.some((line) => line.includes('"complete"')));
  if (whole === undefined) throw new Error('no account was read whole');
  const [path, lines] = whole;
  writeFileSync(path, `${mistake(lines).join('\n')}\n`);
}

function wrongAnswers(folder: string, accounts: readonly string[], keys: number): readonly string[] {
  const answers = answersIn(folder);
  const missing = answers.size === accounts.length ? [] : [`there are answers of ${answers.size} accounts`];
  const wrong = [...answers].flatMap(([path, lines]) => {
    // Every key has one answer to each of five questions.
    const found = lines.flatMap(
      (line) => /^\{"key":"([^"]+)","answer":\{"(\w+)":/.exec(line)?.slice(1).join(' ') ?? [],
    );
    const distinct = new Set(found).size;
    return distinct === 5 * keys && found.length === distinct
      ? []
      : [`${path} has ${distinct} answers about keys in ${found.length} lines`];
  });
  return [...missing, ...wrong];
}

/**
 * Reports problems of the YAML. Each key must be defined once for the accounts that are alike, and once more for the accounts that differ.
 */
function wrongYaml(folder: string, { accounts, keys }: FleetCase): readonly string[] {
  const file = join(folder, 'keywright.yaml');
  if (!existsSync(file)) return ['no YAML is written'];
  const yaml = readFileSync(file, 'utf8');
  const differing = Array.from({ length: accounts }, (_, index) => index).filter(differs).length;
  const definitions = differing === 0 ? 1 : 2;
  return Array.from({ length: keys }, (_, index) => `It is key-${index}`).flatMap((description) => {
    const count = yaml.split(new RegExp(`${description}\\b`)).length - 1;
    return count === definitions ? [] : [`"${description}" is there ${count} times`];
  });
}

const fault = (name: string, change: Partial<FleetCase>): Fault<FleetCase> => ({
  name,
  plant: (fleet) => ({ ...fleet, name, accounts: 6, kills: 0, ...change }),
});

export const faults: readonly Fault<FleetCase>[] = [
  fault('a key that is lost', { mistake: (lines) => lines.filter((line) => !line.startsWith('{"key":"key-1"')) }),
  fault('an answer that is lost', { mistake: (lines) => lines.filter((_, index) => index !== 5) }),
  fault('an answer that is there twice', { mistake: (lines) => [...lines.slice(0, 5), ...lines.slice(4)] }),
  fault('more requests than the quotas admit', { quota: 0.1 }),
];
