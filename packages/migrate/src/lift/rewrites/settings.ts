import type { Program } from '@keywright/core/ir/program';
import type { Draft } from '../draft/draft.ts';
import { changeIfEquivalent, type Sense } from './keep.ts';

/** Removes the settings, so that the defaults apply, unless that would merge separate statements. */
export function dropSettings(draft: Draft, _: Program, sense: Sense): Draft {
  return changeIfEquivalent(
    draft,
    (changed) => {
      delete changed.settings;
    },
    sense,
  );
}
