/** The parts of an ARN of KMS, IAM or SSM. */
export interface Arn {
  readonly partition: string;
  /** Absent for IAM, which is global. */
  readonly region?: string;
  readonly account: string;
}

/** Splits an ARN; `undefined` for other text. */
export function parseArn(text: unknown): Arn | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^arn:([^:]+):[^:]+:([^:]*):([^:]+):./s.exec(text);
  if (match === null) return undefined;
  const [, partition = '', region = '', account = ''] = match;
  return { partition, ...(region !== '' && { region }), account };
}
