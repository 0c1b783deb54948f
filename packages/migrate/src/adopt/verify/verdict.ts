import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Expectation } from '@keywright/core/emit/adoption';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import { planDoesLess, planDoesMore, unreadablePlan } from '../diagnostics.ts';

export interface PlannedAction {
  readonly address: string;
  readonly what:
    | { readonly kind: 'import'; readonly id: string | undefined }
    | { readonly kind: 'forget' }
    /** Only the resource's `DeletionPolicy` or metadata changes. */
    | { readonly kind: 'reword' }
    | { readonly kind: 'create' }
    /** Anything else. `sentence` completes a sentence that begins with the address. */
    | { readonly kind: 'other'; readonly sentence: string };
}

export type Plan = { readonly actions: readonly PlannedAction[] } | { readonly problem: string };

/** Reports what a plan does beyond what a step expects, and what it fails to do. If nothing is reported, the plan may be applied. */
function verdict(
  { imports, forgets, creates, retains, rewords }: Expectation,
  actions: readonly PlannedAction[],
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const more = (address: string, what: string) => diagnostics.push(report(planDoesMore, undefined, { address, what }));
  const ids = new Map(imports.map(({ address, id }) => [address, id]));
  const lists = { forget: new Set(forgets), create: new Set(creates), reword: new Set([...retains, ...rewords]) };
  const done = new Set<string>();
  for (const { address, what } of actions) {
    done.add(`${what.kind} ${address}`);
    switch (what.kind) {
      case 'import': {
        const id = ids.get(address);
        if (id === undefined) more(address, 'would be imported, although the step does not import it');
        else if (what.id !== undefined && what.id !== id)
          more(address, `would be imported as ${what.id}, although it is ${id}`);
        break;
      }
      case 'forget':
      case 'create':
      case 'reword':
        if (!lists[what.kind].has(address)) more(address, sentences[what.kind]);
        break;
      case 'other':
        more(address, what.sentence);
        break;
    }
  }
  const less = (kind: PlannedAction['what']['kind'], addresses: readonly string[], what: string) => {
    for (const address of addresses)
      if (!done.has(`${kind} ${address}`) && !done.has(`other ${address}`))
        diagnostics.push(report(planDoesLess, undefined, { address, what }));
  };
  less('import', [...ids.keys()], 'would not be imported');
  less('forget', forgets, 'would not be forgotten');
  less('reword', retains, 'would not be kept when it is taken out of the template');
  return diagnostics;
}

const sentences = {
  forget: 'would be forgotten, although the step does not forget it',
  create: 'would be created',
  reword: 'would get another DeletionPolicy or metadata',
} as const;

/** Checks a tool's plan, parsed from JSON. `read` turns it into a list of actions. */
export function verify(
  expectation: Expectation,
  file: string,
  value: unknown,
  tool: { readonly expected: string; readonly read: (value: Readonly<Record<string, unknown>>) => Plan },
): readonly Diagnostic[] {
  const { expected, read } = tool;
  const plan: Plan = isMapping(value) ? read(value) : { problem: 'it is not a JSON object' };
  return 'problem' in plan
    ? [report(unreadablePlan, undefined, { file, expected, problem: plan.problem })]
    : verdict(expectation, plan.actions);
}
