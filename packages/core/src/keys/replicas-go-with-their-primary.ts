import { report } from '../diagnostics/diagnostic.ts';
import { replicaRemoval } from '../diagnostics/keys.ts';
import { removalOf } from './removal.ts';
import type { KeyRule } from './rule.ts';

/** KMS deletes a primary key only after all its replicas, so a primary key and its replicas are all retained or all destroyed. */
export const replicasGoWithTheirPrimary: KeyRule = (key) =>
  key.replicas.flatMap((replica) => {
    const [own, wanted] = [removalOf(replica), removalOf(key)];
    if (own === wanted) return [];
    const span = replica.properties.removal?.span ?? replica.nameSpan;
    const related = [
      { message: 'the replica', span: replica.nameSpan },
      { message: `the primary key, \`${wanted}\``, span: key.properties.removal?.span ?? key.nameSpan },
    ];
    return [report(replicaRemoval, span, { key: key.name, own, wanted }, related)];
  });
