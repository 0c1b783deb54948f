import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Span } from '@keywright/core/source/span';
import { templateTooLarge } from './diagnostics.ts';
import { limits } from './limits.ts';

/**
 * A template that CloudFormation would refuse for its length (KW4102). `content` is its text, `path` its name in messages,
 * `span` where its stack is defined.
 */
export function checkTemplate(content: string, path: string, span: Span): readonly Diagnostic[] {
  const bytes = Buffer.byteLength(content);
  if (bytes <= limits.bytes) return [];
  return [report(templateTooLarge, span, { template: path, count: `${bytes} bytes`, limit: `${limits.bytes}` })];
}
