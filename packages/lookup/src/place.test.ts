import { describe, expect, it } from 'vitest';
import { here, query } from './fake-clients.test-support.ts';
import { groupByPlace, roleArn } from './place.ts';

describe('groupByPlace', () => {
  it('groups queries with the same credentials, account and region', () => {
    const queries = [
      query('alias/c', { region: 'us-east-1' }),
      query('alias/b'),
      query('alias/d', { lookupRole: 'Reader' }),
      query('alias/e', { profile: 'data' }),
      query('alias/a'),
    ];
    expect(groupByPlace(queries).map(({ place, queries }) => [place, queries.map(({ alias }) => alias)])).toEqual([
      [here, ['alias/a', 'alias/b']],
      [{ ...here, profile: 'data' }, ['alias/e']],
      [{ ...here, lookupRole: 'Reader' }, ['alias/d']],
      [{ ...here, region: 'us-east-1' }, ['alias/c']],
    ]);
  });

  it('does not depend on the order of the queries', () => {
    const queries = ['alias/a', 'alias/b'].flatMap((alias) =>
      ['eu-west-1', 'us-east-1'].map((region) => query(alias, { region })),
    );
    expect(groupByPlace(queries.toReversed())).toEqual(groupByPlace(queries));
  });
});

describe('roleArn', () => {
  it.each([
    ['KmsAliasReader', 'arn:aws-cn:iam::111122223333:role/KmsAliasReader'],
    ['team/Reader', 'arn:aws-cn:iam::111122223333:role/team/Reader'],
    ['/team/Reader', 'arn:aws-cn:iam::111122223333:role/team/Reader'],
    ['arn:aws:iam::999999999999:role/Reader', 'arn:aws:iam::999999999999:role/Reader'],
  ])('is right for %s', (role, arn) => {
    expect(roleArn(role, { ...here, partition: 'aws-cn' })).toBe(arn);
  });
});
