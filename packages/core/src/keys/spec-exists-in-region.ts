import { report } from '../diagnostics/diagnostic.ts';
import { onlyInChina } from '../diagnostics/keys.ts';
import type { KeyRule } from './rule.ts';

/** SM2 exists only in the China regions. */
export const specExistsInRegion: KeyRule = ({ traits, environment, properties, nameSpan }) => {
  const { region, partition } = environment;
  if (traits.spec !== 'SM2' || region === undefined || partition === 'aws-cn') return [];
  return [report(onlyInChina, properties.spec?.span ?? nameSpan, { spec: traits.spec, region })];
};
