import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { lockedProperty } from '../diagnostics/requirements.ts';
import { cyclicDefinition, unknownName } from '../diagnostics/resolve.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import { longChain } from '../diagnostics/source.ts';
import type { Environment } from '../ir/program.ts';
import type { StandardDefinition } from '../language/key.ts';
import { elements, type Located, type Named, property } from '../project/located.ts';
import { differencesIn, isThere, undecided } from './differences.ts';
import { type KeyText, settingsOf } from './key-properties.ts';
import type { Scope } from './scope.ts';
import { standardNames, throughStandard } from './standard-names.ts';

/** The maximum length of a chain of standards. Nobody could follow a longer one. */
const longestChain = 100;

/**
 * The layers of a key or replica in an environment: the standards that the key builds on, the most general first, then its own text, the
 * nearest last. For problems with standards, see `standardsOf`. `ofPrimary`: the layers of a replica's primary key.
 */
export function withStandards(
  keyLayers: readonly Located<KeyText>[],
  environment: Environment,
  scope: Scope,
  ofPrimary: readonly Located<KeyText>[] = [],
): Result<readonly Located<KeyText>[]> {
  const { value, diagnostics } = standardsOf(keyLayers, environment, scope);
  const layers = [...value, ...keyLayers];
  return { value: layers, diagnostics: [...diagnostics, ...changesOfLocked(layers, ofPrimary, scope)] };
}

interface Lock {
  readonly standard: string;
  readonly entry: Located<string>;
  /** Whether only a standard of the primary key has the lock, and no standard of the replica. */
  readonly isOfPrimary: boolean;
}

/**
 * Reports KW3311 for each property that a layer sets although an earlier standard, or a standard of the primary key, locks it. Two
 * exceptions: a standard may override itself under its own `in`, and a standard in a trusted file may set on a replica what standards of
 * the primary key lock.
 */
function changesOfLocked(
  layers: readonly Located<KeyText>[],
  ofPrimary: readonly Located<KeyText>[],
  { project }: Scope,
): readonly Diagnostic[] {
  const locks = new Map<string, Lock>();
  const addLocks = (layer: Located<KeyText>, isOfPrimary: boolean) => {
    for (const standard of standardNames([layer])) {
      const definition = project.standards.get(standard);
      for (const entry of elements(definition && property(definition, 'locked'))) {
        if (locks.get(entry.value)?.isOfPrimary !== false) locks.set(entry.value, { standard, entry, isOfPrimary });
      }
    }
  };
  for (const layer of ofPrimary) addLocks(layer, true);
  return layers.flatMap((layer) => {
    const isStandard = standardNames([layer]).length > 0;
    const decides = isStandard && project.access.get(layer.span.file)?.isTrusted === true;
    const settings = locks.size === 0 ? [] : settingsOf(layer);
    const changes = settings.flatMap(({ name, span }) => {
      const lock = locks.get(name);
      if (lock === undefined || layer.through === throughStandard(lock.standard)) return [];
      if (lock.isOfPrimary && decides) return [];
      const { standard, entry } = lock;
      const related = [{ message: `locked by the standard \`${standard}\``, span: entry.span }];
      return [report(lockedProperty, span, { property: name, standard }, related)];
    });
    addLocks(layer, false);
    return changes;
  });
}

/** The standard that a key, replica or standard builds on: the one that the last layer with `standard` names. */
function standardIn(layers: readonly Located<KeyText>[]): Located<string> | undefined {
  const last = layers.findLast(({ value }) => value.standard !== undefined);
  return last && property(last, 'standard');
}

/**
 * The standards that a key or replica builds on, the most general first. Reports an unknown standard (KW2003), a cycle (KW2004), and a
 * chain that is too long (KW0022).
 */
function standardsOf(
  keyLayers: readonly Located<KeyText>[],
  environment: Environment,
  scope: Scope,
): Result<readonly Located<KeyText>[]> {
  const { standards } = scope.project;
  const collector = createCollector();
  const layers: (readonly Located<KeyText>[])[] = [];
  const path = new Set<string>();
  let reference = standardIn(keyLayers);
  while (reference !== undefined) {
    const name = reference.value;
    const standard = standards.get(name);
    if (standard === undefined) {
      collector.add(report(unknownName, reference.span, { kind: 'standard', name, candidates: [...standards.keys()] }));
      break;
    }
    if (path.has(name)) {
      const names = [...path];
      const cycle = [...names.slice(names.indexOf(name)), name];
      const related = cycle.slice(0, -1).flatMap((member) => {
        const span = standards.get(member)?.nameSpan;
        return span === undefined ? [] : [{ message: `standard \`${member}\``, span }];
      });
      collector.add(report(cyclicDefinition, reference.span, { kind: 'standard', cycle }, related));
      break;
    }
    if (path.size === longestChain) {
      collector.add(report(longChain, reference.span, { what: 'standards', most: longestChain }));
      break;
    }
    path.add(name);
    scope.usedStandards.add(name);
    const ownLayer: Named<StandardDefinition> = { ...standard, through: throughStandard(name) };
    const differences = differencesIn<KeyText>(ownLayer, environment, scope);
    collector.add(...undecided(differences, settingsOf, `standard \`${name}\``));
    const standardLayers = [ownLayer, ...differences.filter(isThere).map(({ entry }) => entry)];
    layers.push(standardLayers);
    reference = standardIn(standardLayers);
  }
  return collector.result(layers.reverse().flat());
}
