import { report } from '../diagnostics/diagnostic.ts';
import { onlyInChina } from '../diagnostics/keys.ts';
import { single } from '../resolve/standards.ts';
import type { KeyRule } from './rule.ts';

/** SM2 exists in the China regions only. */
export const specExistsInRegion: KeyRule = ({ traits, environment, layers, nameSpan }) => {
  const { region, partition } = environment;
  if (traits.spec !== 'SM2' || region === undefined || partition === 'aws-cn') return [];
  return [report(onlyInChina, single(layers, 'spec')?.span ?? nameSpan, { spec: traits.spec, region })];
};
