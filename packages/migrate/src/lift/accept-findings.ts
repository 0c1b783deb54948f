import { checkProgram } from '@keywright/analyze/check-program';
import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { grantOnDisabledKey } from '@keywright/core/diagnostics/keys';
import { anyoneWithReason } from '@keywright/core/diagnostics/policy';
import type { Result } from '@keywright/core/diagnostics/result';
import { findingAccepted } from './diagnostics.ts';
import { compileDraft } from './draft/compile-draft.ts';
import { type Draft, type Entry, entryKey } from './draft/draft.ts';
import { reasonOfImport } from './raw/statements.ts';
import type { Sense } from './rewrites/keep.ts';

/**
 * Suppresses findings that would stop the build, because existing keys are described as they are. Each suppression has a reason, and a
 * warning reports it (KW8204). Runs on the draft in which every key still has all its statements.
 */
export function acceptFindings(draft: Draft, { targets, owners }: Sense): Result<Draft> {
  const diagnostics = new Map<string, Diagnostic>();
  const note = (entry: Entry | undefined, code: string, problem: string) => {
    if (entry === undefined) return;
    const parts = [...(owners.get(entry.stack)?.values() ?? [])];
    const owner = parts.find((one) => entryKey(one.entry) === entryKey(entry));
    diagnostics.set(JSON.stringify([entryKey(entry), code]), report(findingAccepted, owner?.span, { code, problem }));
  };
  for (const [stack, { keys = {} }] of Object.entries(draft.stacks ?? {})) {
    for (const [name, key] of Object.entries(keys)) {
      const suppressed = [key, ...(key.replicas ?? [])].flatMap(({ suppress = [] }) => suppress);
      if (!suppressed.some(({ rule }) => rule === grantOnDisabledKey.code)) continue;
      const { code } = grantOnDisabledKey;
      note({ stack, section: 'keys', name }, code, grantOnDisabledKey.message({ key: name }));
    }
  }
  let current = draft;
  // Findings are suppressed on the keys first, then on replicas that turn out to have the findings too.
  for (const on of ['key', 'replicas'] as const) {
    const { compilation, entryAt } = compileDraft(current, targets);
    if (compilation.program === undefined) break;
    for (const { code, span, message } of compilation.diagnostics) {
      if (code === anyoneWithReason.code) note(entryAt(span), code, message);
    }
    const findings = checkProgram(compilation.program, compilation.review).filter(
      ({ severity }) => severity === 'error',
    );
    if (findings.length === 0) break;
    const next = structuredClone(current);
    for (const { code, span, message } of findings) {
      const entry = entryAt(span);
      if (entry?.section !== 'keys') continue;
      suppress(next, entry, code, on);
      note(entry, code, message);
    }
    current = next;
  }
  return { value: current, diagnostics: [...diagnostics.values()] };
}

function suppress(draft: Draft, { stack, name }: Entry, rule: string, on: 'key' | 'replicas'): void {
  const key = draft.stacks?.[stack]?.keys?.[name];
  const definitions = on === 'replicas' ? (key?.replicas ?? []) : key === undefined ? [] : [key];
  for (const definition of definitions) {
    if (definition.suppress?.some((one) => one.rule === rule)) continue;
    definition.suppress = [...(definition.suppress ?? []), { rule, because: reasonOfImport }];
  }
}
