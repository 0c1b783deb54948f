import type { Program } from '@keywright/core/ir/program';
import type { Draft } from '../draft/draft.ts';
import { keepIfTheSame, type Sense } from './keep.ts';

/** Leaves the settings at their defaults where no statements would be merged that are apart. */
export function dropSettings(draft: Draft, _: Program, sense: Sense): Draft {
  return keepIfTheSame(
    draft,
    (changed) => {
      delete changed.settings;
    },
    sense,
  );
}
