import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { departures } from '../../departures.ts';
import type { Subject } from '../../subject.ts';
import { compare } from './compare/compare.ts';
import { type Comparison, comparisonOf } from './compare/comparison.ts';
import type { Deployed } from './compare/deployed.ts';
import { type Difference, describe } from './compare/difference.ts';
import type { Limit, LimitName } from './compare/limits.ts';
import type { Departure } from './departures/departure.ts';
import { deployOurs } from './ours.ts';
import { SeveralPlaces } from './source/places.ts';
import { readSource, type Source } from './source/source.ts';
import { deployTheirs } from './theirs.ts';
import { translate } from './translate/translate.ts';

export interface Judged {
  /** Why there is nothing to compare. */
  readonly outside?: string;
  /** The differences that no rule explains, in words. */
  readonly unexplained: readonly string[];
  /** The number of differences that each departure explains. */
  readonly departures: ReadonlyMap<string, number>;
  /**
   * For each thing that the CDK cannot express, the number of places in the subject that have it, and the number of differences that
   * result.
   */
  readonly limits: ReadonlyMap<LimitName, { readonly places: number; readonly differences: number }>;
  readonly explained: readonly Explained[];
  /** The resources and policies of Keywright's templates; absent if the templates could not be read. */
  readonly ours?: Deployed;
}

interface Explained {
  readonly departure: Departure;
  readonly difference: Difference;
}

const nothing: Judged = { unexplained: [], departures: new Map(), limits: new Map(), explained: [] };
const known = new WeakMap<Subject, Judged>();

export function judgeSubject(subject: Subject): Judged {
  const judged = known.get(subject) ?? judgeAnew(subject);
  known.set(subject, judged);
  return judged;
}

function judgeAnew(subject: Subject): Judged {
  try {
    const source = readSource(subject.host);
    if (!source.model.stacks.some(({ targets }) => targets.includes('cfn'))) {
      return { ...nothing, outside: 'no stack is for CloudFormation' };
    }
    return explain(...compareWithCdk(subject, source));
  } catch (error) {
    // The CDK refuses references between a stack without an environment and stacks of several environments.
    if (error instanceof SeveralPlaces) return { ...nothing, outside: error.message };
    return { ...nothing, unexplained: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

function compareWithCdk(subject: Subject, source: Source): readonly [Comparison, readonly Limit[]] {
  const [cdk, translation] = synthesise(source);
  const limits = [...translation.limits];
  const ours = deployOurs(subject, translation.environments, limits);
  // Without merging, the CDK would drop statements that it keeps with merging: see `grant`.
  const unmerged = () => synthesise(withoutMerging(source), true)[0];
  const kept = translation.dropped.size > 0 ? synthesise(source, true)[0] : cdk;
  return [comparisonOf(ours, cdk, translation, unmerged, kept, subject.program), limits];
}

function synthesise(source: Source, keeps = false) {
  // The CDK needs a folder, because it cannot keep an assembly in memory.
  const outdir = mkdtempSync(join(tmpdir(), 'keywright-cdk-'));
  try {
    const translation = translate(source, outdir, keeps);
    return [deployTheirs(translation), translation] as const;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function withoutMerging(source: Source): Source {
  const { model } = source;
  return { ...source, model: { ...model, settings: { ...model.settings, minimizePolicies: false } } };
}

/** Finds the rule that explains each difference: a limit of the CDK, or a departure from it. */
function explain(comparison: Comparison, limits: readonly Limit[]): Judged {
  const unexplained = departures.flatMap((departure) => departure.owed?.(comparison) ?? []);
  const explained: Explained[] = [];
  const counts = new Map<string, number>();
  const limited = new Map<LimitName, { places: number; differences: number }>();
  const countOf = (name: LimitName) => {
    const count = limited.get(name) ?? { places: 0, differences: 0 };
    limited.set(name, count);
    return count;
  };
  for (const { name } of limits) countOf(name).places += 1;
  for (const difference of compare(comparison)) {
    const limit = limits.find(({ covers }) => covers?.(difference));
    if (limit !== undefined) {
      countOf(limit.name).differences += 1;
      continue;
    }
    const matching = departures.filter((departure) => departure.matches(difference));
    for (const departure of matching) {
      explained.push({ departure, difference });
      counts.set(departure.name, (counts.get(departure.name) ?? 0) + 1);
    }
    if (matching.length === 0) unexplained.push(describe(difference));
  }
  return { unexplained, departures: counts, limits: limited, explained, ours: comparison.ours };
}
