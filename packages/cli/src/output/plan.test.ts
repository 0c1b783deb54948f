import { sha256 } from '@keywright/core/ir/digest';
import { describe, expect, it } from 'vitest';
import type { ManifestEntry } from '../disk/manifest.ts';
import { type FileState, planChanges, type Scope, type WantedFile } from './plan.ts';

const all: Scope = { targets: new Set(['cfn', 'terraform']) };

function file(text: string): FileState {
  return { kind: 'file', content: Buffer.from(text) };
}

function plan(input: {
  readonly wanted?: Readonly<Record<string, string>>;
  readonly manifest?: Readonly<Record<string, ManifestEntry>>;
  readonly disk?: Readonly<Record<string, FileState>>;
  readonly scope?: Scope;
  readonly force?: boolean;
}) {
  const wanted = Object.entries(input.wanted ?? {}).map(
    ([path, content]): WantedFile => ({ path, content, target: 'cfn', stack: 'a' }),
  );
  const result = planChanges({
    wanted,
    formerStacks: new Map(),
    manifest: new Map(Object.entries(input.manifest ?? {})),
    scope: input.scope ?? all,
    force: input.force ?? false,
    stateOf: (path) => input.disk?.[path] ?? { kind: 'missing' },
    shownPath: (path) => `out/${path}`,
  });
  return {
    ...result,
    actions: result.changes.map(({ kind, path }) => `${kind} ${path}`),
    problems: result.conflicts.map(({ code, message }) => `${code} ${message}`),
    listed: [...result.manifest.keys()],
  };
}

const wrote = (text: string, more: Partial<ManifestEntry> = {}): ManifestEntry => ({
  target: 'cfn',
  stack: 'a',
  sha256: sha256(text),
  ...more,
});

describe('a wanted file', () => {
  it.each([
    ['is created where there is none', undefined, undefined, ['create f'], []],
    ['is created again when somebody deleted it', undefined, wrote('old'), ['create f'], []],
    ['is kept when it is up to date', file('new'), wrote('new'), ['keep f'], []],
    ['is updated when Keywright wrote what is there', file('old'), wrote('old'), ['update f'], []],
    ['is taken over when it is up to date but not listed', file('new'), undefined, ['keep f'], []],
    ['is taken over when a person made the same change', file('new'), wrote('old'), ['keep f'], []],
    [
      'is updated when a broken run left the older content',
      file('old'),
      wrote('x', { previous: sha256('old') }),
      ['update f'],
      [],
    ],
    [
      'is refused when it was edited',
      file('edited'),
      wrote('old'),
      ['update f'],
      ['KW6003 will not overwrite out/f: it was edited since Keywright wrote it'],
    ],
    [
      'is refused when it is somebody else’s',
      file('theirs'),
      undefined,
      ['update f'],
      ['KW6004 will not overwrite out/f: Keywright did not write it'],
    ],
    [
      'is refused when something is in the way',
      { kind: 'blocked', obstacle: 'f is a folder' } as const,
      undefined,
      [],
      ['KW6002 cannot write out/f: f is a folder'],
    ],
  ] as const)('%s', (_name, state, entry, actions, problems) => {
    const result = plan({
      wanted: { f: 'new' },
      ...(entry === undefined ? {} : { manifest: { f: entry } }),
      ...(state === undefined ? {} : { disk: { f: state } }),
    });
    expect(result.actions).toEqual(actions);
    expect(result.problems).toEqual(problems);
    expect(result.manifest.get('f')).toEqual(wrote('new'));
  });

  it('is overwritten with --force if a person edited it, but not if something is in the way', () => {
    const disk = { f: file('edited'), g: { kind: 'blocked', obstacle: 'g is a symbolic link' } as const };
    const result = plan({ wanted: { f: 'new', g: 'new' }, disk, force: true });
    expect(result.problems).toEqual(['KW6002 cannot write out/g: g is a symbolic link']);
    expect(result.actions).toEqual(['update f']);
  });
});

describe('a file that is no longer wanted', () => {
  it.each([
    ['is deleted when Keywright wrote what is there', file('old'), ['delete f'], []],
    ['is forgotten when it is gone already', undefined, [], []],
    ['is forgotten, not touched, when something else is there', { kind: 'blocked', obstacle: '' } as const, [], []],
    [
      'is not deleted when it was edited',
      file('edited'),
      ['delete f'],
      ['KW6003 will not delete out/f: it was edited since Keywright wrote it'],
    ],
  ] as const)('%s', (_name, state, actions, problems) => {
    const result = plan({ manifest: { f: wrote('old') }, ...(state === undefined ? {} : { disk: { f: state } }) });
    expect(result.actions).toEqual(actions);
    expect(result.problems).toEqual(problems);
    expect(result.listed).toEqual([]);
  });

  it.each([
    ['of another target stays', { target: 'terraform' }, { targets: new Set(['cfn']) }, true],
    ['of another stack stays', { stack: 'b' }, { targets: new Set(['cfn']), stacks: new Set(['a']) }, true],
    ['of this target and stack is deleted', {}, { targets: new Set(['cfn']), stacks: new Set(['a']) }, false],
    ['of a removed stack is deleted in a build of all stacks', { stack: 'gone' }, all, false],
    ['of a target that this version does not know stays', { target: 'bicep' }, all, true],
  ])('%s', (_name, entry, scope, stays) => {
    const result = plan({ manifest: { f: wrote('old', entry) }, disk: { f: file('old') }, scope });
    expect(result.actions).toEqual(stays ? [] : ['delete f']);
    expect(result.listed).toEqual(stays ? ['f'] : []);
  });

  it('stays if it is about all stacks and only one stack is built', () => {
    const index: ManifestEntry = { target: 'cfn', sha256: sha256('old') };
    const scope = { targets: new Set(['cfn']), stacks: new Set(['a']) };
    expect(plan({ manifest: { f: index }, disk: { f: file('old') }, scope }).actions).toEqual([]);
  });
});

it('all conflicts are reported at once', () => {
  const result = plan({
    wanted: { a: 'new', b: 'new' },
    manifest: { b: wrote('old'), c: wrote('old') },
    disk: { a: file('theirs'), b: file('edited'), c: file('edited') },
  });
  expect(result.conflicts.map(({ code }) => code)).toEqual(['KW6004', 'KW6003', 'KW6003']);
});

it('the journal accepts the old and the new content of a file', () => {
  const result = plan({
    wanted: { changed: 'new', fresh: 'new' },
    manifest: { changed: wrote('old'), gone: wrote('old') },
    disk: { changed: file('old'), gone: file('old') },
  });
  expect(Object.fromEntries(result.journal)).toEqual({
    changed: wrote('new', { previous: sha256('old') }),
    fresh: wrote('new'),
    gone: wrote('old'),
  });
});

describe('a file that others write to as well', () => {
  /** Lines `name=value` are generated entries. All other lines were added by others. */
  const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
  const nameOf = (line: string) => line.slice(0, line.indexOf('='));
  const shared = {
    partIn: (content: string) => ({ names: linesOf(content).map(nameOf), part: linesOf(content).join('\n') }),
    partOf: (text: string, names: readonly string[]) =>
      text === 'broken'
        ? undefined
        : linesOf(text)
            .filter((line) => names.includes(nameOf(line)))
            .join('\n'),
    merged: (text: string, generated: string, former: readonly string[]) => {
      if (text === 'broken') return undefined;
      const own = linesOf(generated);
      const gone = [...former, ...own.map(nameOf)];
      const others = linesOf(text).filter((line) => !gone.includes(nameOf(line)));
      const whole = [...own, ...others].join('\n');
      return linesOf(text).sort().join() === linesOf(whole).sort().join() ? text : whole;
    },
  };
  const planOne = (content: string, before: string, known: ManifestEntry | undefined, force = false) => {
    const result = planChanges({
      wanted: [{ path: 'f', content, target: 'cfn', stack: 'a', shared }],
      formerStacks: new Map(),
      manifest: new Map(known === undefined ? [] : [['f', known]]),
      scope: all,
      force,
      stateOf: () => file(before),
      shownPath: (path) => path,
    });
    const [change] = result.changes;
    return [
      change?.kind,
      change?.kind === 'update' ? change.content : undefined,
      result.conflicts.map(({ code }) => code),
    ] as const;
  };
  const knownOf = (content: string) =>
    wrote(content, { shared: { names: linesOf(content).map(nameOf), sha256: sha256(linesOf(content).join('\n')) } });

  it.each([
    ['is kept with what others added', 'a=1', 'a=1\nx=2', knownOf('a=1'), ['keep', undefined, []]],
    ['is kept when an earlier version listed it', 'a=1', 'a=1\nx=2', wrote('a=1'), ['keep', undefined, []]],
    ['is updated, and what others added stays', 'a=3', 'a=1\nx=2', knownOf('a=1'), ['update', 'a=3\nx=2', []]],
    ['loses what is no longer generated', 'a=1', 'a=1\nb=1\nx=2', knownOf('a=1\nb=1'), ['update', 'a=1\nx=2', []]],
    ['is replaced whole if nobody added anything', 'a=3', 'a=1', knownOf('a=1'), ['update', 'a=3', []]],
    [
      'is refused once its generated part was edited',
      'a=3',
      'a=9\nx=2',
      knownOf('a=1'),
      ['update', 'a=3\nx=2', ['KW6003']],
    ],
    [
      'is refused if an earlier version did not list which part was generated',
      'a=3',
      'a=1\nx=2',
      wrote('a=1'),
      ['update', 'a=3\nx=2', ['KW6003']],
    ],
    ['is not taken over from somebody else', 'a=1', 'x=2', undefined, ['update', 'a=1', ['KW6004']]],
    [
      'is treated like any other file if it cannot be parsed',
      'a=1',
      'broken',
      knownOf('a=1'),
      ['update', 'a=1', ['KW6003']],
    ],
  ] as const)('%s', (_, content, before, known, expected) => {
    expect(planOne(content, before, known)).toEqual(expected);
  });

  it('keeps the entries of others even with --force', () => {
    expect(planOne('a=3', 'a=9\nx=2', knownOf('a=1'), true)).toEqual(['update', 'a=3\nx=2', []]);
    expect(planOne('a=1', 'x=2', undefined, true)).toEqual(['update', 'a=1\nx=2', []]);
  });

  describe('of a stack that now has the file in another place', () => {
    const planMoved = (before: string, force = false, stack = 'a') => {
      const { changes, conflicts } = planChanges({
        wanted: [{ path: 'new/f', content: 'a=3', target: 'cfn', stack, shared }],
        formerStacks: new Map([['renamed', ['before', 'a']]]),
        manifest: new Map([['old/f', knownOf('a=1\nb=1')]]),
        scope: all,
        force,
        stateOf: (path) => (path === 'old/f' ? file(before) : { kind: 'missing' }),
        shownPath: (path) => path,
      });
      return [
        changes.map((change) => [change.kind, change.path, change.kind === 'create' ? change.content : '']),
        conflicts.map(({ code }) => code),
      ];
    };

    it('moves the lines that others added to the new file', () => {
      const changes = [
        ['create', 'new/f', 'a=3\nx=2'],
        ['delete', 'old/f', ''],
      ];
      expect(planMoved('a=1\nb=1\nx=2')).toEqual([changes, []]);
      expect(planMoved('a=1\nb=1\nx=2', false, 'renamed')).toEqual([changes, []]);
      expect(planMoved('a=1\nb=1\nx=2', false, 'other')[1]).toEqual(['KW6003']);
    });

    it('moves added lines to the new file only with --force if a person edited the generated part', () => {
      const changes = [
        ['create', 'new/f', 'a=3\nx=2'],
        ['delete', 'old/f', ''],
      ];
      expect(planMoved('a=9\nb=1\nx=2')).toEqual([changes, ['KW6003']]);
      expect(planMoved('a=9\nb=1\nx=2', true)).toEqual([changes, []]);
    });

    it('is treated like any other file if it cannot be parsed', () => {
      const changes = [
        ['create', 'new/f', 'a=3'],
        ['delete', 'old/f', ''],
      ];
      expect(planMoved('broken')).toEqual([changes, ['KW6003']]);
    });
  });
});
