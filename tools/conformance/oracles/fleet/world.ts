/** Simulates an organization behind KMS and STS. These answer slowly, throttle, refuse, and count requests. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  identityAnswer,
  keyAnswer,
  kmsAnswer,
  kmsError,
  type Reply,
  roleAnswer,
  type ServerCall,
  startAwsServer,
} from '../../../../packages/lookup/src/aws-server.test-support.ts';

export interface World {
  /** The address of the services, for AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly accounts: readonly string[];
  /** Requests to KMS, including throttled attempts. */
  readonly counts: { asked: number; throttled: number; overQuota: number };
  onRequest: () => void;
  /** Lets everyone read every key from now on. */
  repair(): void;
  close(): Promise<void>;
}

/** The requests per second that KMS accepts for an account and region. Source: AWS KMS Developer Guide, "Request quotas". */
const quotas: Readonly<Record<string, number>> = {
  'kms:ListKeys': 500,
  'kms:ListAliases': 500,
  'kms:DescribeKey': 2000,
  'kms:GetKeyPolicy': 1000,
  'kms:GetKeyRotationStatus': 1000,
  'kms:ListResourceTags': 2000,
  'kms:ListGrants': 100,
};

/**
 * One account in a hundred has another tag on its keys. One account in fifty refuses to return the policy of a key until `repair` is
 * called.
 */
export const differs = (index: number): boolean => index % 100 === 7;
const refuses = (index: number): boolean => index % 50 === 3;

export async function startWorld(size: {
  readonly accounts: number;
  readonly keys: number;
  readonly seed: number;
  /** The share of each quota that is available. */
  readonly quota: number;
}): Promise<World> {
  const accounts = Array.from({ length: size.accounts }, (_, index) => String(100000000000 + index));
  const keyIds = Array.from({ length: size.keys }, (_, index) => `key-${index}`);
  const counts = { asked: 0, throttled: 0, overQuota: 0 };
  const recent = new Map<string, number[]>();
  let state = size.seed;
  const chance = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  let isRepaired = false;
  const server = await startAwsServer();

  const isOverQuota = (action: string, account: string): boolean => {
    const now = performance.now();
    const times = (recent.get(`${account} ${action}`) ?? []).filter((time) => time > now - 1000);
    times.push(now);
    recent.set(`${account} ${action}`, times);
    return times.length > (quotas[action] ?? 0) * size.quota;
  };
  const ofKms = ({ action, region, input }: ServerCall, account: string): Reply => {
    const keyId = String(input.KeyId ?? '');
    const index = accounts.indexOf(account);
    switch (action) {
      case 'kms:ListKeys':
        return kmsAnswer({ Keys: keyIds.map((KeyId) => ({ KeyId })), Truncated: false });
      case 'kms:ListAliases': {
        const aliases = keyIds.map((TargetKeyId) => ({ AliasName: `alias/app/${TargetKeyId}`, TargetKeyId }));
        return kmsAnswer({ Aliases: aliases, Truncated: false });
      }
      case 'kms:DescribeKey':
        return keyAnswer(account, region, keyId, { Description: `It is ${keyId}`, Origin: 'AWS_KMS', Enabled: true });
      case 'kms:GetKeyPolicy':
        if (!isRepaired && refuses(index) && keyId === 'key-1')
          return kmsError(400, 'AccessDeniedException', 'not authorized to perform: kms:GetKeyPolicy');
        return kmsAnswer({ Policy: policyOf(account) });
      case 'kms:GetKeyRotationStatus':
        return kmsAnswer({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
      case 'kms:ListResourceTags': {
        const tags = [{ TagKey: 'team', TagValue: differs(index) ? 'other' : 'platform' }];
        return kmsAnswer({ Tags: tags, Truncated: false });
      }
      case 'kms:ListGrants':
        return kmsAnswer({ Grants: [], Truncated: false });
      default:
        return kmsError(400, 'AccessDeniedException', `${action} is not to be called`);
    }
  };
  server.answer = async (call) => {
    const account = call.accessKeyId.slice('ASIA'.length);
    if (call.action === 'sts:AssumeRole') return roleAnswer(`ASIA${String(call.input.RoleArn).split(':')[4]}`);
    if (call.action === 'sts:GetCallerIdentity') {
      const isAssumed = accounts.includes(account);
      return isAssumed
        ? identityAnswer(account, `arn:aws:sts::${account}:assumed-role/KeyReader/keywright`)
        : identityAnswer('999999999999');
    }
    counts.asked += 1;
    world.onRequest();
    const over = isOverQuota(call.action, account);
    if (over) counts.overQuota += 1;
    await sleep(2 + chance() * 20);
    if (over || chance() < 0.003) {
      counts.throttled += 1;
      return kmsError(400, 'ThrottlingException', 'Rate exceeded');
    }
    return ofKms(call, account);
  };
  const world: World = {
    url: server.url,
    accounts,
    counts,
    onRequest: () => {},
    repair() {
      isRepaired = true;
    },
    close: () => server.close(),
  };
  return world;
}

function policyOf(account: string): string {
  const principal = { AWS: `arn:aws:iam::${account}:root` };
  const statement = { Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
