import { describe, expect, it } from 'vitest';
import { describeDifference, nameOfDifference } from './difference-names.ts';

const statement = ['orders', 'policy', 'statement 3'];

describe('a parameter for a difference is named and described', () => {
  it('after the argument and its resource', () => {
    expect(nameOfDifference(['cards', 'deletion_window_in_days'])).toEqual(['cards', 'deletion_window_in_days']);
    expect(describeDifference(['cards', 'deletion_window_in_days'])).toBe('deletion_window_in_days of cards');
  });

  it.each(['tags', 'Tags'])('after the tag, whether the argument is called %s', (row) => {
    expect(nameOfDifference(['cards', row, 'data'])).toEqual(['cards', 'tag', 'data']);
    expect(describeDifference(['cards', row, 'data'])).toBe('Tag data of cards');
  });

  it('after the condition key, without its operator', () => {
    const words = [...statement, 'Condition', 'StringLike', 'aws:SourceArn'];
    expect(nameOfDifference(words)).toEqual([...statement, 'aws:SourceArn']);
    expect(describeDifference(words)).toBe('aws:SourceArn in statement 3 of policy of orders');
  });

  it('after the entry of the encryption context', () => {
    const words = [...statement, 'Condition', 'StringLike', 'kms:EncryptionContext:aws:cloudtrail:arn'];
    expect(nameOfDifference(words)).toEqual([...statement, 'aws:cloudtrail:arn']);
    expect(describeDifference(words)).toBe(
      'kms:EncryptionContext:aws:cloudtrail:arn in statement 3 of policy of orders',
    );
  });

  it('after the item of a list in a statement', () => {
    const words = [...statement, 'Principal', 'AWS', '2'];
    expect(nameOfDifference(words)).toEqual(words);
    expect(describeDifference(words)).toBe('Principal.AWS.2 in statement 3 of policy of orders');
  });

  it('after the statement id', () => {
    const words = ['api', 'policy', 'Use', 'Resource'];
    expect(nameOfDifference(words)).toEqual(words);
    expect(describeDifference(words)).toBe('Resource in statement Use of policy of api');
  });

  it('after the output', () => {
    expect(nameOfDifference(['tier'])).toEqual(['tier']);
    expect(describeDifference(['tier'])).toBe('Value of tier');
  });
});
