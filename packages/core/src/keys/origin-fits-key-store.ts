import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { originMismatch } from '../diagnostics/keys.ts';
import type { Span } from '../source/span.ts';
import type { KeyRule } from './rule.ts';

/** A key in a custom key store needs the origin of such a store; an external key id needs EXTERNAL_KEY_STORE. */
export const originFitsKeyStore: KeyRule = ({ kind, traits, properties, nameSpan }) => {
  if (kind === 'replicaKey') return [];
  const { origin, spec, multiRegion } = traits;
  const store = properties.customKeyStore;
  const xksKey = properties.xksKey;
  const originSpan = properties.origin?.span ?? nameSpan;
  const inCustomStore = origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
  const diagnostics: Diagnostic[] = [];
  const say = (span: Span, problem: string, advice: string) =>
    diagnostics.push(report(originMismatch, span, { problem, advice }));

  if (inCustomStore && store === undefined) {
    say(originSpan, `origin ${origin} needs a custom key store`, 'add `customKeyStore: cks-…`');
  }
  if (!inCustomStore && store !== undefined) {
    say(
      store.span,
      `a key of origin ${origin} cannot be in a custom key store`,
      'remove `customKeyStore`, or set `origin: AWS_CLOUDHSM`',
    );
  }
  if (origin === 'EXTERNAL_KEY_STORE' && xksKey === undefined) {
    say(originSpan, 'origin EXTERNAL_KEY_STORE needs the id of the key in the external key store', 'add `xksKey`');
  }
  if (origin !== 'EXTERNAL_KEY_STORE' && xksKey !== undefined) {
    say(
      xksKey.span,
      `a key of origin ${origin} cannot have an external key id`,
      'remove `xksKey`, or set `origin: EXTERNAL_KEY_STORE`',
    );
  }
  if (inCustomStore && spec !== 'SYMMETRIC_DEFAULT') {
    say(
      originSpan,
      `a key of spec ${spec} cannot be in a custom key store`,
      'use spec SYMMETRIC_DEFAULT, or origin AWS_KMS',
    );
  }
  if (inCustomStore && multiRegion) {
    say(
      originSpan,
      'a key in a custom key store cannot be a multi-Region key',
      'remove `multiRegion`, or use origin AWS_KMS',
    );
  }
  return diagnostics;
};
