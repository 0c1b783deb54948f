/**
 * Compares who can do what with the keys of a project, as the evaluator decides it once for the IR, and once for the policy documents of a
 * deployment. There is a question for every action and key, for every principal that the IR or the deployment has, and for principals that
 * neither has.
 */
import { buildPicture } from '@keywright/analyze/build-picture';
import { decide } from '@keywright/analyze/decide';
import type { Decision, Open } from '@keywright/analyze/decision';
import type { Picture, PictureKey, StatementRef } from '@keywright/analyze/picture';
import type { Principal } from '@keywright/analyze/principal';
import { principalId } from '@keywright/analyze/principal-id';
import { joinValue, partsOf, shown, type Value } from '@keywright/analyze/value/value';
import type { Program } from '@keywright/core/ir/program';
import { kmsActions } from '@keywright/core/kms/actions';
import { strangersTo } from './strangers.ts';
import { world } from './world.ts';

/** Returns the program with the account, region and partition that `world` gives each stack. */
export function settled(program: Program): Program {
  return {
    ...program,
    stacks: program.stacks.map((stack) => ({
      ...stack,
      environment: {
        ...stack.environment,
        account: world.pseudo('account', stack),
        region: world.pseudo('region', stack),
        partition: world.pseudo('partition', stack),
      },
    })),
  };
}

/** Returns a program with all names that only a deployment decides. */
export function named(program: Program): Program {
  return {
    ...program,
    stacks: program.stacks.map((stack) => ({
      ...stack,
      resources: stack.resources.map((resource) =>
        resource.kind === 'role' || resource.kind === 'user' || resource.kind === 'group'
          ? { ...resource, physicalName: world.attribute(resource, 'name', stack) }
          : resource,
      ),
    })),
  };
}

export interface PrincipalPair {
  readonly inProgram: Principal;
  readonly deployed: Principal;
}

/** The keys and principals to ask about, each as it is in the IR and in the deployment. */
export interface Questions {
  readonly keys: readonly { readonly inProgram: PictureKey; readonly deployed: PictureKey }[];
  readonly everyone: readonly PrincipalPair[];
  /** Keys that only the IR or only the deployment has. */
  readonly different: readonly string[];
  readonly names: DeployedNames;
}

export function questionsAbout(program: Program, ofProgram: Picture, ofDocuments: Picture): Questions {
  const names = deployedNames(program);
  return { ...keysOf(ofProgram, ofDocuments, names), everyone: everyoneAsked(ofProgram, ofDocuments, names), names };
}

/**
 * Returns the decisions that differ between the documents of a deployment and the IR. `asked` is the number of comparisons. If a pattern
 * could match a name that the tool assigns, the IR may leave open a decision that depends on this name. The decisions must then agree once
 * the names are filled in.
 */
export function differences(
  program: Program,
  ofProgram: Picture,
  ofDocuments: Picture,
): { readonly asked: number; readonly different: readonly string[] } {
  const { keys, everyone, names, different: ofKeys } = questionsAbout(program, ofProgram, ofDocuments);
  const different = [...ofKeys];
  let withNames: Picture | undefined;
  const toldNames = (who: PrincipalPair, action: string, id: string): string => {
    withNames ??= buildPicture(named(settled(program)));
    const key = withNames.keysById.get(id);
    if (key === undefined) throw new Error(`there is no ${id}`);
    return inWords(decide(withNames, { principal: who.deployed, action, key }), names.in);
  };
  for (const { inProgram, deployed } of keys) {
    for (const who of everyone) {
      for (const action of kmsActions) {
        const expected = decide(ofProgram, { principal: who.inProgram, action, key: inProgram });
        const actual = decide(ofDocuments, { principal: who.deployed, action, key: deployed });
        const [one, other] = [inWords(expected, names.in), inWords(actual)];
        if (one === other) continue;
        const isOpen =
          actual.possible.every((outcome) => expected.possible.includes(outcome)) && mentionsNames(expected);
        if (!isOpen || toldNames(who, action, inProgram.id) !== other)
          different.push(`${action} ${deployed.id} ${principalId(who.deployed)}: ${one} in the IR, here ${other}`);
      }
    }
  }
  return { asked: keys.length * everyone.length * kmsActions.length, different };
}

function keysOf(ofProgram: Picture, ofDocuments: Picture, names: DeployedNames) {
  const found = new Map(ofDocuments.keys.map((key) => [key.arn, key]));
  const keys = ofProgram.keys.flatMap((inProgram) => {
    const deployed = found.get(names.in(shown(inProgram.arn)));
    return deployed === undefined ? [] : [{ inProgram, deployed }];
  });
  const known = new Set(keys.map(({ deployed }) => deployed));
  const different = [
    ...ofProgram.keys.filter((key) => !keys.some(({ inProgram }) => inProgram === key)).map(({ id }) => `no key ${id}`),
    ...ofDocuments.keys.filter((key) => !known.has(key)).map(({ id }) => `one key more, ${id}`),
  ];
  return { keys, different };
}

function everyoneAsked(ofProgram: Picture, ofDocuments: Picture, names: DeployedNames): readonly PrincipalPair[] {
  const everyone = new Map<string, PrincipalPair>();
  const add = (inProgram: Principal): void => {
    const deployed = names.ofPrincipal(inProgram);
    // A session would have the id of its role.
    const id = deployed.kind === 'session' ? shown(deployed.arn) : principalId(deployed);
    if (!everyone.has(id)) everyone.set(id, { inProgram, deployed });
  };
  for (const { principal } of ofProgram.principals) add(principal);
  for (const { principal } of ofDocuments.principals) add(principal);
  const keys = [...ofProgram.keys, ...ofDocuments.keys];
  for (const stranger of strangersTo(keys, (value) => names.in(shown(value)))) add(stranger);
  return [...everyone.values()];
}

interface DeployedNames {
  /** Fills the names and ids of a deployment into a text. */
  in(text: string): string;
  ofPrincipal(principal: Principal): Principal;
}

function deployedNames(program: Program): DeployedNames {
  const names = new Map<string, string>();
  for (const stack of program.stacks) {
    for (const resource of stack.resources) {
      const { kind } = resource;
      if (kind !== 'key' && kind !== 'role' && kind !== 'user' && kind !== 'group') continue;
      names.set(
        `<${kind === 'key' ? 'id' : 'name'} of ${stack.name}/${resource.id}>`,
        world.attribute(resource, 'name', stack),
      );
    }
  }
  const inText = (text: string) => text.replaceAll(/<(?:name|id) of [^<>]+>/g, (symbol) => names.get(symbol) ?? symbol);
  const inValue = (value: Value): Value =>
    joinValue(
      partsOf(value).map((part) =>
        typeof part === 'string' ? part : (names.get(`<${part.unknown} of ${part.of}>`) ?? part),
      ),
    );
  return {
    in: inText,
    ofPrincipal: (principal) =>
      // Replaces the values in a principal. Its kind and the ids of organizations are plain text, without values to replace.
      Object.fromEntries(
        Object.entries(principal as Readonly<Record<string, Value>>).map(([part, value]) => [part, inValue(value)]),
      ) as unknown as Principal,
  };
}

/** Whether a decision depends on something that a deployment decides. */
function mentionsNames({ possible, dependsOn }: Decision): boolean {
  const unknowns = dependsOn.flatMap((test) => ('unknowns' in test ? test.unknowns : []));
  return unknowns.some(({ unknown }) => unknown === 'name') || (dependsOn.length === 0 && possible.length > 1);
}

/** A decision as text. Decisions with equal texts allow the same requests because of the same statements. */
function inWords({ decision, possible, when, by }: Decision, inText: DeployedNames['in'] = (text) => text): string {
  const condition = when === undefined ? '' : ` when ${formula(when, inText)}`;
  const statements = by.map((ref) => inText(place(ref))).sort();
  return `${decision} (${[...possible].sort().join(', ')})${condition} by ${statements.join(', ')}`;
}

function place({ kind, owner, index, name }: StatementRef): string {
  // In the IR, identity policies are counted by document. This comparison counts them by holder.
  return kind === 'identityPolicy' ? `${kind} ${owner}` : `${kind} ${owner} ${kind === 'kmsGrant' ? name : index}`;
}

/** Prints a formula in an order that depends neither on where its parts were found nor on which names are known. */
function formula(open: Open, inText: DeployedNames['in']): string {
  switch (open.kind) {
    case 'test':
      return inText(open.test.id);
    case 'not':
      return `not ${formula(open.of, inText)}`;
    case 'all':
    case 'any':
      return `${open.kind}(${open.of
        .map((part) => formula(part, inText))
        .sort()
        .join('; ')})`;
  }
}
