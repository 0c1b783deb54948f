import type { Mistake } from '../../kit/faults/text-fault.ts';
import { replaced, withoutBlock } from '../../kit/faults/text-fault.ts';
import type { Fault } from '../../oracle.ts';
import type { Lifted } from './lifted.ts';

function fault(name: string, mistake: Mistake): Fault<Lifted> {
  return {
    name,
    plant(lifted) {
      const text = mistake(lifted.text);
      return text === undefined || text === lifted.text ? undefined : { ...lifted, text };
    },
  };
}

export const yamlFaults: readonly Fault<Lifted>[] = [
  fault('another action', replaced(/kms:Decrypt/, 'kms:Encrypt')),
  fault('another capability', replaced(/can: encryptDecrypt/, 'can: encrypt')),
  fault('a Deny that allows', replaced(/effect: Deny/, 'effect: Allow')),
  fault('a principal of another account', replaced(/(aws:iam::)\d{12}/, '$1999999999999')),
  fault('a lost condition', withoutBlock(/^ +(when|conditions?):/)),
  fault('a lost administrator', withoutBlock(/^ +admins:/)),
  fault('a lost grant', withoutBlock(/^ +grants:/)),
  fault('a key without its alias', withoutBlock(/^ +aliases:/)),
  fault('a key that does not rotate', replaced(/rotation: (true|\d+ days)/, 'rotation: false')),
  fault('a key with another spec', replaced(/spec: RSA_2048/, 'spec: RSA_3072')),
  fault('a key that is kept', replaced(/removal: destroy/, 'removal: retain')),
  fault('a key that is enabled', replaced(/enabled: false/, 'enabled: true')),
  fault('another description', replaced(/description: .*/, 'description: Planted')),
  fault('a lost tag', withoutBlock(/^ +tags:/)),
  fault('a stack in another account', replaced(/account: .*/, "account: '999999999999'")),
  fault('a stack in another region', replaced(/region: .*/, 'region: ap-south-1')),
  fault('a lost KMS grant', withoutBlock(/^ +kmsGrants:/)),
  fault('a lost replica', withoutBlock(/^ +replicas:/)),
];
