import type { Provenance } from '@keywright/core/ir/policy';
import { commentText } from '../print/text.ts';

/** The text of the comment that says where something comes from: `keywright.yaml:12, through standard pii`. */
export function placeOf({ span, through }: Provenance): string {
  return commentText(`${span.file}:${span.line}${through === undefined ? '' : `, through ${through}`}`);
}
