import { describe, expect, test } from 'vitest';
import { type Expression, literal } from '../../ir/expression.ts';
import { dnsSuffixOf, partitionOf } from '../partitions.ts';
import { servicePrincipalHost, servicePrincipalHostInOptInRegions } from './principal-host.ts';

const pseudo = (name: 'region' | 'dnsSuffix'): Expression => ({ kind: 'pseudo', name });
const placeIn = (region: string) => ({ region: literal(region), dnsSuffix: literal(dnsSuffixOf(partitionOf(region))) });

describe('the host of a service', () => {
  test.each([
    ['s3', 'eu-west-1', 's3.amazonaws.com'],
    ['s3', 'cn-north-1', 's3.amazonaws.com'],
    ['config', 'us-gov-west-1', 'config.amazonaws.com'],
    ['config', 'us-iso-east-1', 'config.c2s.ic.gov'],
    ['dms', 'us-iso-east-1', 'dms.amazonaws.com'],
    ['dms', 'us-isob-east-1', 'dms.sc2s.sgov.gov'],
    ['elasticmapreduce', 'cn-north-1', 'elasticmapreduce.amazonaws.com.cn'],
    ['codedeploy', 'eu-west-1', 'codedeploy.amazonaws.com'],
  ])('contains no region for %s in %s', (service, region, host) => {
    expect(servicePrincipalHost(service, placeIn(region))).toEqual(literal(host));
  });

  test.each([
    ['logs', 'eu-west-1', 'logs.eu-west-1.amazonaws.com'],
    ['logs', 'cn-northwest-1', 'logs.cn-northwest-1.amazonaws.com.cn'],
    ['codedeploy', 'cn-north-1', 'codedeploy.cn-north-1.amazonaws.com.cn'],
  ])('contains the region for %s in %s', (service, region, host) => {
    expect(servicePrincipalHost(service, placeIn(region))).toEqual(literal(host));
  });

  test('contains the region and DNS suffix of the deployment as expressions', () => {
    const anywhere = { region: pseudo('region'), dnsSuffix: pseudo('dnsSuffix') };
    expect(servicePrincipalHost('config', anywhere)).toEqual(literal('config.amazonaws.com'));
    expect(servicePrincipalHost('logs', anywhere)).toEqual({
      kind: 'concat',
      parts: [literal('logs.'), anywhere.region, literal('.'), anywhere.dnsSuffix],
    });
  });

  test('is unchanged if it is given as a host', () => {
    expect(servicePrincipalHost('delivery.logs.amazonaws.com', placeIn('cn-north-1'))).toEqual(
      literal('delivery.logs.amazonaws.com'),
    );
  });

  test('contains an opt-in region, if the service requires that', () => {
    const host = (region: Expression) => servicePrincipalHostInOptInRegions('guardduty', region);
    expect(host(literal('me-south-1'))).toEqual(literal('guardduty.me-south-1.amazonaws.com'));
    expect(host(literal('eu-west-1'))).toEqual(literal('guardduty.amazonaws.com'));
    expect(host(pseudo('region'))).toEqual(literal('guardduty.amazonaws.com'));
  });
});
