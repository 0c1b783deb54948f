import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProject } from '../compile.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Stack } from '../ir/program.ts';
import { hostOfText } from '../project/host.ts';
import { target } from '../testing/fourth-target/target.ts';
import { stackProgramsOf } from './stack-programs.ts';

/** Environments by name, each with its own account; those that start with `prod` are production. */
function environmentsOf(names: readonly string[]): object {
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        account: String(
          100_000_000_000 + ([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 899_999_999),
        ),
        region: 'eu-west-1',
        ...(name.startsWith('prod') && { purpose: 'production' }),
      },
    ]),
  );
}

type Programs = Readonly<Record<string, readonly string[]>>;

function programsOf(names: readonly string[], keys: object, more: object = {}): Programs {
  const programs = programsOfAny(names, keys, more);
  if (programs === undefined) throw new Error('the project has errors');
  return programs;
}

/** The deployments of a project with a stack `core` in these environments; `undefined` if it has errors. */
function stacksOfAny(names: readonly string[], keys: object, more: object): readonly Stack[] | undefined {
  const project = {
    keywright: 1,
    app: 'fleet',
    environments: environmentsOf(names),
    groups: { production: { purpose: 'production' }, eu: ['*-eu'] },
    principals: { auditor: { role: 'arn:aws:iam::${account}:role/Auditor' } },
    stacks: { core: { environment: names, keys }, ...more },
  };
  const { program, diagnostics } = compileProject(hostOfText(JSON.stringify(project)), { targets: [target] });
  if (program === undefined || hasErrors(diagnostics)) return undefined;
  return program.stacks;
}

function stacksOf(names: readonly string[], keys: object): readonly Stack[] {
  const stacks = stacksOfAny(names, keys, {});
  if (stacks === undefined) throw new Error('the project has errors');
  return stacks;
}

function programsOfAny(names: readonly string[], keys: object, more: object = {}): Programs | undefined {
  const stacks = stacksOfAny(names, keys, more);
  if (stacks === undefined) return undefined;
  const own = stackProgramsOf(stacks).filter(({ deployments: [{ definition }] }) => definition === 'core');
  return Object.fromEntries(
    own.map(({ name, deployments }) => [name, deployments.map(({ environment }) => environment.name ?? '')]),
  );
}

const grant = { grants: [{ to: 'auditor', can: 'decrypt' }] };

describe('the program of a definition', () => {
  it('is named after the definition if all deployments have one shape', () => {
    const keys = { orders: { pendingWindow: '7 days', in: { production: { pendingWindow: '30 days' } } } };
    expect(programsOf(['prod-eu', 'dev'], keys)).toEqual({ core: ['dev', 'prod-eu'] });
  });

  it('is named after the group that makes it different, in any order', () => {
    const keys = { orders: { in: { production: grant } } };
    expect(programsOf(['prod-eu', 'prod-us', 'dev'], keys)).toEqual({
      'core-production': ['prod-eu', 'prod-us'],
      core: ['dev'],
    });
  });

  it('is named after a pattern without its star, or after one environment', () => {
    const keys = { orders: { in: { 'prod-*': grant, dev: { removal: 'destroy' } } } };
    expect(programsOf(['dev', 'prod-eu', 'test'], keys)).toEqual({
      'core-dev': ['dev'],
      'core-prod': ['prod-eu'],
      core: ['test'],
    });
  });

  it('is named after all groups that make it different', () => {
    const keys = { orders: { in: { production: grant, eu: { aliases: ['eu'] } } } };
    expect(programsOf(['test', 'test-eu', 'prod-us', 'prod-eu'], keys)).toEqual({
      core: ['test'],
      'core-eu': ['test-eu'],
      'core-production': ['prod-us'],
      'core-eu-production': ['prod-eu'],
    });
  });

  it('is named after the definition if separate entries for its deployments have the same effect', () => {
    const admins = (name: string) => ({ admins: [{ role: `arn:aws:iam::\${account}:role/${name}`, mutable: false }] });
    const keys = { orders: { in: { dev: admins('Dev'), 'prod-eu': admins('Prod') } } };
    expect(programsOf(['dev', 'prod-eu'], keys)).toEqual({ core: ['dev', 'prod-eu'] });
  });

  it('is named after an environment if nothing in the YAML makes it different', () => {
    const keys = { orders: { grants: [{ to: { role: 'Reader', account: 'prod-eu' }, can: 'decrypt' }] } };
    expect(programsOf(['dev', 'prod-eu'], keys)).toEqual({ core: ['dev'], 'core-prod-eu': ['prod-eu'] });
  });

  it('never has the name of another stack or definition', () => {
    const keys = { orders: { in: { 'prod*': grant } } };
    const own = { 'core-prod': { keys: { other: {} } } };
    expect(programsOf(['dev', 'prod-eu'], keys, own)).toEqual({ core: ['dev'], 'core-prod-eu': ['prod-eu'] });
    expect(programsOf(['dev', 'prod', 'prod-eu'], keys)).toEqual({ core: ['dev'], 'core-prod': ['prod', 'prod-eu'] });
  });
});

describe('a further environment', () => {
  const all = ['dev', 'dev-eu', 'test', 'test-eu', 'prod', 'prod-us', 'prod-eu'] as const;
  /** Each entry makes a different change, so that no two lead to the same shape. */
  const differences = fc
    .record(
      {
        production: fc.constantFrom(grant, { description: 'Of production' }, 'absent'),
        '*-eu': fc.constantFrom({ aliases: ['eu'] }, { tags: { tier: 'one' } }),
        dev: fc.constantFrom({ removal: 'destroy' }, { pendingWindow: '9 days' }),
      },
      { requiredKeys: [] },
    )
    .map((entries) => ({ orders: { description: 'Orders', pendingWindow: '8 days', in: entries }, logs: {} }));

  it('renames no program of other environments if entries of `in` name the programs', () => {
    let compared = 0;
    fc.assert(
      fc.property(differences, fc.shuffledSubarray([...all], { minLength: 4 }), fc.nat(), (keys, names, at) => {
        const added = names[at % names.length];
        const others = names.filter((name) => name !== added);
        // An entry may apply in the added environment alone.
        const before = programsOfAny(others, keys);
        const after = programsOfAny(names, keys);
        if (before === undefined || after === undefined) return;
        const programOf = (programs: Programs, environment: string) =>
          Object.entries(programs).find(([, environments]) => environments.includes(environment))?.[0];
        for (const name of others) expect(programOf(after, name), name).toBe(programOf(before, name));
        if (Object.keys(after).length > 1) compared += 1;
      }),
      { numRuns: 200, seed: 20261127, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(40);
  });

  it('renames no program of the last build, even if fewer entries then apply in all deployments of the program', () => {
    const keys = { orders: { in: { production: grant, '*-eu': { enabled: true } } } };
    const before = stacksOf(['dev', 'prod-eu'], keys).map((stack) =>
      stack.environment.name === 'prod-eu'
        ? { ...stack, formerPrograms: { [target.name]: 'core-eu-production' } }
        : stack,
    );
    const named = (stacks: readonly Stack[]) => stackProgramsOf(stacks, target).map(({ name }) => name);
    expect(named(stacksOf(['dev', 'prod-eu'], keys))).toEqual(['core', 'core-eu-production']);
    const further = stacksOf(['dev', 'prod-eu', 'prod-us'], keys);
    expect(named(further)).toEqual(['core', 'core-production']);
    expect(named(further.map((stack) => before.find(({ name }) => name === stack.name) ?? stack))).toEqual([
      'core',
      'core-eu-production',
    ]);
  });
});
