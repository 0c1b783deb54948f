/**
 * Checks the form of the values in a condition. A value matches no request if requests have values of another form under the condition key.
 * Values with a wildcard or a policy variable are not checked, except for the parts of an ARN.
 */
import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { type IdKind, idOfNobody } from '../diagnostics/resolve.ts';
import { isInRange } from '../kms/ip-ranges.ts';
import type { Span } from '../source/span.ts';
import { fillOfAws } from './interpolate.ts';

export interface Text {
  readonly value: string;
  readonly span: Span;
}

interface Form {
  readonly of: IdKind;
  /** The condition keys whose values have this form. */
  readonly keys: RegExp;
  readonly isOne: (text: string) => boolean;
  /** Whether a text of this form can begin with `beginning`. Absent: it can begin with anything. */
  readonly mayBegin?: (beginning: string) => boolean;
}

/**
 * Sources: IAM User Guide, "AWS global condition context keys" and "IAM policy elements: Variables and tags", "Principal key values"; AWS
 * KMS Developer Guide, "AWS KMS condition keys" and "AWS KMS condition keys for attested platforms"; the page of each service about its
 * encryption context.
 */
const forms: readonly Form[] = [
  {
    of: 'account',
    keys: /^(aws:((Source|Principal|Resource|Vpce)Account|SourceOwner)|kms:CallerAccount)$/i,
    isOne: (text) => /^\d{12}$/.test(text),
  },
  {
    of: 'organization',
    keys: /^aws:(Source|Principal|Resource|Vpce)OrgID$/i,
    isOne: (text) => /^o-[a-z0-9]{10,32}$/.test(text),
    mayBegin: beginningOf('o-'),
  },
  {
    of: 'path',
    keys: /^aws:(Source|Principal|Resource|Vpce)OrgPaths$/i,
    isOne: (text) => /^o-[a-z0-9]{10,32}\/(r-[a-z0-9]+\/(ou-[a-z0-9-]+\/)*)?$/.test(text),
    mayBegin: beginningOf('o-'),
  },
  {
    of: 'userid',
    keys: /^aws:userid$/i,
    isOne: (text) => /^(\d{12}|AIDA[A-Z0-9]*|anonymous|(?!arn:)[^:]+:.+)$/.test(text),
  },
  {
    of: 'type',
    keys: /^aws:PrincipalType$/i,
    isOne: (text) => /^(Account|User|FederatedUser|AssumedRole|Anonymous)$/.test(text),
  },
  {
    of: 'host',
    keys: /^(aws:(CalledVia(First|Last)?|PrincipalServiceName(sList)?)|kms:(Grantee|Retiring)ServicePrincipal)$/i,
    isOne: (text) => text.includes('.'),
  },
  startsWith('vpc', /^aws:SourceVpc$/i, 'vpc-'),
  startsWith('endpoint', /^aws:SourceVpce$/i, 'vpce-'),
  startsWith('alias', /^kms:(RequestAlias|ResourceAliases)$/i, 'alias/'),
  {
    of: 'subject',
    keys: /^token\.actions\.githubusercontent\.com(\/[^:]+)?:sub$/i,
    isOne: (text) => /^[a-z_]+:/i.test(text),
    mayBegin: (beginning) => /^[a-z_]*(:|$)/i.test(beginning),
  },
  {
    of: 'measurement',
    keys: /^kms:RecipientAttestation:(ImageSha384|(NitroTPM)?PCR\d+)$/i,
    isOne: (text) => /^[0-9a-f]{1,96}$/.test(text),
    mayBegin: (beginning) => /^[0-9a-f]{0,96}$/i.test(beginning),
  },
  contextOf('aws:cloudtrail:arn', 'cloudtrail'),
  contextOf('aws:kinesis:arn', 'kinesis'),
  contextOf('aws:lambda:FunctionArn', 'lambda'),
  contextOf('aws:logs:arn', 'logs'),
  contextOf('aws:s3:arn', 's3', 's3express', 's3-outposts'),
  contextOf('aws:sns:topicArn', 'sns'),
  contextOf('aws:sqs:arn', 'sqs'),
  contextOf('PARAMETER_ARN', 'ssm'),
  contextOf('SecretARN', 'secretsmanager'),
];

/** The form of a value in the encryption context of an AWS service: the ARN of one of the service's resources. */
function contextOf(name: string, ...services: readonly string[]): Form {
  const mayBegin = (beginning: string) => {
    const [start = '', partition, service, rest] = beginning.split(':');
    if (partition === undefined) return 'arn'.startsWith(start);
    return start === 'arn' && (rest === undefined || services.includes(service ?? ''));
  };
  const keys = new RegExp(`^kms:EncryptionContext:${name}$`, 'i');
  return { of: 'context', keys, isOne: (text) => text.split(':').length > 5 && mayBegin(text), mayBegin };
}

function startsWith(of: IdKind, keys: RegExp, start: string): Form {
  return { of, keys, isOne: (text) => text.startsWith(start), mayBegin: beginningOf(start) };
}

function beginningOf(start: string): (beginning: string) => boolean {
  return (beginning) => beginning.startsWith(start) || start.startsWith(beginning);
}

/** Reports a value of another form than requests have under the condition key, since no request matches such a value (KW2024). */
export function idHasItsForm(operator: string, key: string, value: Text): readonly Diagnostic[] {
  const say = (of: IdKind) => [report(idOfNobody, value.span, { key, value: value.value, of })];
  if (!/string|arn/i.test(operator)) return [];
  const text = withoutPlace(value.value);
  if (/^(aws:PrincipalArn|kms:(Grantee|Retiring)Principal)$/i.test(key) && isRoleOfAwsWithoutPath(text))
    return say('roleOfAws');
  if (/^aws:PrincipalArn$/i.test(key)) return mayBePrincipal(text) ? [] : say('principal');
  const form = forms.find(({ keys }) => keys.test(key));
  if (form === undefined) return [];
  if (!isPlain(text)) {
    const [beginning = ''] = text.split(/[*?$]/);
    return /Like/i.test(operator) && form.mayBegin?.(beginning) === false ? say(form.of) : [];
  }
  return form.isOne(text) || isInAnotherCase(text, operator, form) ? [] : say(form.of);
}

/**
 * Whether an ARN is that of a role of IAM Identity Center or a service-linked role, but without the path that these roles have. Source:
 * IAM Identity Center User Guide, "Referencing permission sets in resource policies, Amazon EKS Cluster config maps, and AWS KMS key
 * policies"; IAM User Guide, "Create a service-linked role".
 */
function isRoleOfAwsWithoutPath(text: string): boolean {
  return /^arn:[^:]*:iam::[^:]*:role\/(AWSReservedSSO_|AWSServiceRoleFor)/.test(text);
}

/** Whether a text is wrong only in its letter case, which the operator ignores. */
function isInAnotherCase(text: string, operator: string, { of, isOne }: Form): boolean {
  return /IgnoreCase/i.test(operator) && (isOne(text.toLowerCase()) || (of === 'type' && /^[a-z]+$/i.test(text)));
}

/** Ranges that `aws:SourceIp` is never in, since a request through a VPC endpoint does not have it. Source: RFC 1918, RFC 4193. */
const privateRanges: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/**
 * Reports private addresses, since no request comes from one, unless the list also has a public address (KW2024). Source: IAM User Guide, "AWS
 * global condition context keys", aws:SourceIp and aws:VpcSourceIp.
 */
export function addressesArePublic(operator: string, key: string, values: readonly Text[]): readonly Diagnostic[] {
  const [first] = values;
  if (first === undefined || !/^aws:SourceIp$/i.test(key) || !/IpAddress(IfExists)?$/i.test(operator)) return [];
  const isPrivate = ({ value }: Text) =>
    privateRanges.some((range) => isInRange(value.split('/')[0] ?? '', range) && lengthOf(value) >= lengthOf(range));
  return values.every(isPrivate) ? [report(idOfNobody, first.span, { key, value: first.value, of: 'address' })] : [];
}

function lengthOf(range: string): number {
  return Number(range.split('/')[1] ?? 128);
}

/**
 * Whether `aws:PrincipalArn` can have such a value: it is the ARN of a user, of a role (also for sessions), of the root
 * user or of a federated user. Source: IAM User Guide, "AWS global condition context keys", aws:PrincipalArn.
 */
function mayBePrincipal(text: string): boolean {
  // A policy variable can be anything, and contains a colon.
  const [start, , service = '', region = '', , ...rest] = text.replaceAll(/\$?\$\{[^}]*\}/g, '*').split(':');
  if (!isPlain(`${start}${service}${region}`)) return true;
  const [type = '', name] = rest.join(':').split('/');
  if (start !== 'arn' || region !== '') return false;
  const types = service === 'iam' ? ['root', 'role', 'user'] : service === 'sts' ? ['federated-user'] : [];
  return types.length > 0 && (!isPlain(type) || (types.includes(type) && (type === 'root') === (name === undefined)));
}

/** A text with `${account}` replaced by an account id, and `${region}` and the like by a hyphen. */
function withoutPlace(text: string): string {
  return fillOfAws(text, (name) => (name === 'account' ? '000000000000' : '-'));
}

/** Whether a text has neither a wildcard nor a placeholder. */
export function isPlain(text: string): boolean {
  return !/[*?$]/.test(text);
}
