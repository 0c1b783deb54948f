import type { EarlierFile } from '@keywright/core/emit/emitter';
import { literal } from '@keywright/core/ir/expression';
import type { Stack } from '@keywright/core/ir/program';
import { provenance as source } from '@keywright/core/testing/target-stacks';
import { describe, expect, it } from 'vitest';
import { earlierExports, keptDescription } from './earlier-exports.ts';
import { emitter } from './emit.ts';
import { keepExports } from './kept-exports.ts';
import { arnOf, crossStack, everything, idOf, key, stack } from './stack.test-fixture.ts';

const names = ['root', 'a_b', 'a__b', 'a-b', 'aB', `${'long'.repeat(15)}`];

const platform = stack({
  name: 'platform',
  resources: [
    ...names.map((name) => key(name)),
    ...everything.resources.filter(({ kind }) => kind === 'role' || kind === 'user' || kind === 'group'),
  ],
  exports: [
    ...names.flatMap((name) => [
      { id: `keys.${name}.arn`, value: arnOf(`key/${name}`), source: source(1) },
      { id: `keys.${name}.id`, value: idOf(`key/${name}`), source: source(1) },
    ]),
    ...everything.resources
      .filter(({ kind }) => kind === 'role' || kind === 'user' || kind === 'group')
      .map(({ id }) => ({
        id: `principals.${id.split('/')[1]}.arn`,
        value: arnOf(id),
        source: source(1),
      })),
  ].sort((one, other) => (one.id < other.id ? -1 : 1)),
});
const alone: Stack = { ...platform, exports: [] };

function filesOf(given: Stack, format: 'yaml' | 'json'): readonly EarlierFile[] {
  const { files } = emitter.emitStack(given, { generator: 'Keywright', options: { format }, templates: {} });
  return files.map((file) => ({ stack: given.name, ...file }));
}

describe.each(['yaml', 'json'] as const)('exports in %s', (format) => {
  it('are all kept by this build and the next, whatever their names', () => {
    const { stacks, attentions } = keepExports([alone], filesOf(platform, format));
    const [once = alone] = stacks;
    expect(once.exports.map(({ keptFor, ...rest }) => rest.id)).toEqual(platform.exports.map(({ id }) => id));
    expect(once.exports.map(({ value }) => value)).toEqual(platform.exports.map(({ value }) => value));
    expect(attentions).toHaveLength(platform.exports.length);
    const [twice] = keepExports([alone], filesOf(once, format)).stacks;
    expect(twice).toEqual(once);
  });

  it('are identified by the resource whose value they export', () => {
    const [{ content = '' } = {}] = filesOf(platform, format);
    const found = earlierExports(content);
    expect(found).toHaveLength(platform.exports.length);
    expect(found.find(({ name }) => name.endsWith(':keys:root:id'))?.logicalId).toBe('RootKey');
    expect(found.find(({ name }) => name.endsWith(':keys:root:arn'))?.logicalId).toBe('RootKey');
  });

  it('that come from outputs are not kept, since they may have one name in several accounts', () => {
    const exported = (environment: string) =>
      ['house-key', 'house-${region}', `${environment}:keys`, `demo:${environment}:keys::root`].map((text, index) => ({
        name: `output${index}`,
        value: arnOf('key/root'),
        exportName: text.includes('$')
          ? ({ kind: 'concat', parts: [literal('house-'), { kind: 'pseudo', name: 'region' }] } as const)
          : literal(text),
        source: source(1),
      }));
    const stacks = ['one', 'two'].map((name) => stack({ name, resources: [key('root')], outputs: exported(name) }));
    const earlier = stacks.flatMap((one) => filesOf(one, format));
    expect(keepExports(stacks, earlier)).toEqual({ stacks, attentions: [] });
    const without = stacks.map((one) => ({ ...one, outputs: [] }));
    expect(keepExports(without, earlier)).toEqual({ stacks: without, attentions: [] });
    expect(keepExports([], earlier)).toEqual({ stacks: [], attentions: [] });
  });

  it('list all stacks that imported them', () => {
    const consumers = ['one', 'two'].map((name) =>
      stack({
        name,
        resources: [key(name, { description: crossStack('platform', 'keys.root.arn') })],
        imports: [
          { stack: 'platform', export: 'keys.root.arn', environment: {}, nativeTargets: ['cfn'], source: source(1) },
        ],
      }),
    );
    const earlier = [platform, ...consumers].flatMap((one) => filesOf(one, format));
    const [once = alone] = keepExports([alone], earlier).stacks;
    const rootOf = (given: Stack) => given.exports.find(({ id }) => id === 'keys.root.arn')?.keptFor;
    expect(rootOf(once)).toEqual(['one', 'two']);
    const [twice = alone] = keepExports([alone], filesOf(once, format)).stacks;
    expect(rootOf(twice)).toEqual(['one', 'two']);
  });
});

it('no export is kept in a first build, or while a stack exports it anyway', () => {
  expect(keepExports([alone], []).stacks).toEqual([alone]);
  expect(keepExports([platform], filesOf(platform, 'yaml'))).toEqual({ stacks: [platform], attentions: [] });
});

it('a description lists the stacks that an output is kept for, if CloudFormation accepts that length', () => {
  const stacks = Array.from({ length: 60 }, (_, index) => `orders-of-team-${index}`);
  expect(keptDescription('ARN', stacks.slice(0, 2))).toBe('ARN, kept for orders-of-team-0, orders-of-team-1');
  expect(keptDescription('ARN', stacks)).toBe('ARN, kept');
});
