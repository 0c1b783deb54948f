import type { Provenance } from '../ir/policy.ts';
import { escapeUnseen, spelledOut } from './unseen.ts';

/** Where something comes from: `keywright.yaml:12, through standard pii`. */
export function sourceText({ span, through }: Provenance): string {
  return `${span.file}:${span.line}${through === undefined ? '' : `, through ${through}`}`;
}

/** The same in a comment. */
export function sourceComment(source: Provenance): string {
  return commentText(sourceText(source));
}

/** The first comment of each generated file. `generator` is `Keywright 0.1.0`. */
export function headerComment(generator: string): string {
  return `Made by ${commentText(generator)} from keywright.yaml; do not edit by hand.`;
}

/** Text within a comment, on one line whatever it holds. */
export function commentText(text: string): string {
  return escapeUnseen(text, spelledOut).trimEnd();
}
