/**
 * The condition operators of IAM, by the type of the values they compare. The first of each type is suggested first.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
export const conditionOperators = {
  Text: [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  ARN: ['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals'],
  Bool: ['Bool'],
  Numeric: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  Date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  'IP address': ['IpAddress', 'NotIpAddress'],
  Binary: ['BinaryEquals'],
} as const;
