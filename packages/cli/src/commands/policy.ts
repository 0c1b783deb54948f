import { type EffectivePolicy, effectivePolicy } from '@keywright/analyze/effective-policy/effective-policy';
import { nameOfKey, type PlacedKey } from '@keywright/analyze/who-can/keys-in-question';
import type { Target } from '@keywright/core/emit/emitter';
import { visible, visibleJson } from '@keywright/core/source/visible';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { optionsOf } from '../output/generate.ts';
import { keysNamed } from '../questions/keys-named.ts';
import { type OpenProject, openProject } from '../questions/open-project.ts';
import { shownSource, sourceJson } from '../questions/sources.ts';
import { targetsNamed } from './target-names.ts';

export interface PolicyArguments {
  readonly key: string;
  readonly directory?: string | undefined;
  readonly stack?: readonly string[] | undefined;
  /** The target whose language the policies are printed in. If absent: JSON. */
  readonly target?: string | undefined;
  readonly format: 'text' | 'json';
}

/** Prints the final policy of a key. Each statement has the line of YAML that it comes from. */
export async function policy(args: PolicyArguments, io: Io): Promise<ExitCode> {
  const { target: targetName, format } = args;
  if (targetName !== undefined && format === 'json') {
    return wrongUsage(io, '--target does not print JSON, so it cannot be combined with --format json');
  }
  const requested = targetsNamed(targetName === undefined ? undefined : [targetName]);
  if ('problem' in requested) return wrongUsage(io, requested.problem);
  const project = await openProject(args.directory, io, targetName === undefined ? [] : [targetName]);
  if (typeof project === 'number') return project;
  const keys = keysNamed(project.program, args.key, args.stack);
  if ('problem' in keys) return wrongUsage(io, keys.problem);

  if (targetName !== undefined) {
    const without = keys.find(({ stack }) => !stack.targets.includes(targetName));
    if (without !== undefined) {
      return wrongUsage(io, `the stack ${without.stack.name} is not generated for ${targetName}`);
    }
    const texts = await Promise.all(requested.targets.map((target) => inTarget(target, keys, project, io)));
    io.stdout.write(texts.flat().join('\n'));
    return 0;
  }

  const policies = keys.map((key) => ({
    key,
    effective: effectivePolicy(project.program, key.stack, key.resource.policy),
  }));
  io.stdout.write(
    format === 'json' ? json(policies, project, io) : policies.map((policy) => text(policy, project, io)).join('\n'),
  );
  return 0;
}

/**
 * Returns the policies of keys as a target writes them. They mean the same in every target; only values that the deployment decides have
 * different names.
 */
async function inTarget(
  target: Target<unknown>,
  keys: readonly PlacedKey[],
  project: OpenProject,
  io: Io,
): Promise<readonly string[]> {
  const emitter = await target.loadEmitter();
  const options = optionsOf(target, project.compilation, {});
  return keys.map((key) => {
    const { stack, resource } = key;
    const lines = [
      nameOfKey(key),
      ...resource.policy.statements.map(
        ({ source }, index) => `statement ${index + 1}: ${shownSource(project, source, io)}`,
      ),
    ];
    const comments = lines.map((line) => `${emitter.commentMark} ${visible(line)}\n`).join('');
    return `${comments}${emitter.printPolicy(resource.policy, resource, stack, options)}\n`;
  });
}

interface KeyPolicy {
  readonly key: PlacedKey;
  readonly effective: EffectivePolicy;
}

/** Prints JSON for people, with a comment above each statement that says where it is in the YAML. */
function text({ key, effective }: KeyPolicy, project: OpenProject, io: Io): string {
  const statements = effective.statements.map(({ json, source }) => {
    const lines = visibleJson(JSON.stringify(json, undefined, 2)).split('\n');
    return [`// ${visible(shownSource(project, source, io))}`, ...lines].map((line) => `    ${line}`).join('\n');
  });
  const id = effective.id === undefined ? '' : `\n  "Id": ${visibleJson(JSON.stringify(effective.id))},`;
  return `// ${visible(nameOfKey(key))}
{
  "Version": ${JSON.stringify(effective.version)},${id}
  "Statement": [
${statements.join(',\n')}
  ]
}
`;
}

/**
 * Prints JSON for programs: `{ version: 1, keys: [{ key, policy, statements: [{ sid?, source }] }] }`. `policy` is the document itself, and
 * `statements` has the source of each statement in it.
 */
function json(policies: readonly KeyPolicy[], project: OpenProject, io: Io): string {
  const value = {
    version: 1,
    keys: policies.map(({ key, effective }) => ({
      key: nameOfKey(key),
      policy: {
        Version: effective.version,
        ...(effective.id !== undefined && { Id: effective.id }),
        Statement: effective.statements.map(({ json }) => json),
      },
      statements: effective.statements.map(({ json, source }) => ({
        ...('Sid' in json && { sid: json.Sid }),
        source: sourceJson(project, source, io),
      })),
    })),
  };
  return `${visibleJson(JSON.stringify(value, undefined, 2))}\n`;
}
