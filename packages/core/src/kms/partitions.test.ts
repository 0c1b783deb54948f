import { describe, expect, test } from 'vitest';
import { dnsSuffixOf, partitionOf, partitions } from './partitions.ts';

describe('the partition of a region', () => {
  test.each([
    ['eu-west-1', 'aws', 'amazonaws.com'],
    ['ap-southeast-7', 'aws', 'amazonaws.com'],
    ['mx-central-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-west-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ])('%s', (region, partition, dnsSuffix) => {
    expect(partitions.filter(({ regions }) => regions.test(region)).map(({ name }) => name)).toEqual([partition]);
    expect(partitionOf(region)).toBe(partition);
    expect(dnsSuffixOf(partition)).toBe(dnsSuffix);
  });

  test('is aws if the region is not in the list', () => {
    expect(partitionOf('moon-sea-1')).toBe('aws');
    expect(dnsSuffixOf('aws-moon')).toBe('amazonaws.com');
  });
});
