import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Clients, Closable, Credentials, Identity, KmsCalls, StsCalls } from './clients.ts';
import { noCredentials, roleNotAssumed, wrongAccount } from './diagnostics.ts';
import { explainFailure } from './explain-failure.ts';
import { type Failure, understandFailure } from './failure.ts';
import { type Place, roleArn, shownPlace } from './place.ts';

export interface OpenPlace<Kms extends Closable = KmsCalls> {
  readonly place: Place;
  readonly kms: Kms;
  /** Whose credentials were used, for messages. */
  readonly whose: string;
  readonly identity: string;
}

/** Has no diagnostic if the user interrupted the lookup. */
export interface Refusal {
  readonly kind: 'refused';
  readonly diagnostic?: Diagnostic;
}

type Opening<Kms extends Closable> = { readonly kind: 'open'; readonly opened: OpenPlace<Kms> } | Refusal;
type Step<T> = { readonly kind: 'done'; readonly value: T } | Refusal;

/** Kinds of failures that are about the role or the credentials, not about the connection to AWS. */
const refusals: ReadonlySet<Failure['kind']> = new Set(['denied', 'notFound', 'other']);

/**
 * Loads credentials for a place, assumes the place's role, and verifies that the credentials are for the place's account, in that order.
 * Calls STS in the place's own region: a role may be allowed only in some regions, and one unreachable region must not block other regions
 * of the account.
 */
export async function openPlace<Kms extends Closable>(
  clients: Clients<Kms>,
  place: Place,
  signal: AbortSignal,
): Promise<Opening<Kms>> {
  const base = await loadCredentials(clients, place, signal);
  if (base.kind === 'refused') return base;
  const held = place.lookupRole === undefined ? base : await assumeRole(clients, place, place.lookupRole, base, signal);
  if (held.kind === 'refused') return held;
  const { value: credentials, whose } = held;
  const identified = await identify(clients, place, held, signal);
  if (identified.kind === 'refused') return identified;
  const { account, arn } = identified.value;
  if (account !== place.account) {
    const parameters = { place: shownPlace(place), actual: account, identity: arn };
    return { kind: 'refused', diagnostic: report(wrongAccount, undefined, parameters) };
  }
  const kms = await step(
    () => clients.kms(place.region, credentials, signal),
    (failure) => explainFailure(failure, { place, whose, action: 'kms:DescribeKey', on: '*', identity: arn }),
  );
  return kms.kind === 'refused' ? kms : { kind: 'open', opened: { place, kms: kms.value, whose, identity: arn } };
}

interface Held {
  readonly kind: 'done';
  readonly value: Credentials;
  readonly whose: string;
}

async function loadCredentials(
  clients: Omit<Clients, 'kms'>,
  place: Place,
  signal: AbortSignal,
): Promise<Held | Refusal> {
  const whose = place.profile === undefined ? 'the default credentials' : `the credentials of profile ${place.profile}`;
  const loaded = await step(
    () => clients.credentials(place.profile, place.region, signal),
    (failure) =>
      refusals.has(failure.kind)
        ? report(noCredentials, undefined, { whose, reason: failure.reason })
        : explainFailure(failure, { place, whose, action: 'the request for credentials', on: whose }),
  );
  return loaded.kind === 'refused' ? loaded : { ...loaded, whose };
}

async function assumeRole(
  clients: Omit<Clients, 'kms'>,
  place: Place,
  lookupRole: string,
  base: Held,
  signal: AbortSignal,
): Promise<Held | Refusal> {
  const role = roleArn(lookupRole, place);
  const assumed = await step(
    () => withSts(clients, place, base, signal, (sts) => sts.assumeRole(role)),
    (failure) =>
      refusals.has(failure.kind)
        ? report(roleNotAssumed, undefined, { role, reason: failure.reason })
        : explainFailure(failure, { place, whose: base.whose, action: 'sts:AssumeRole', on: role }),
  );
  return assumed.kind === 'refused' ? assumed : { ...assumed, whose: `the credentials of role ${role}` };
}

function identify(
  clients: Omit<Clients, 'kms'>,
  place: Place,
  held: Held,
  signal: AbortSignal,
): Promise<Step<Identity>> {
  return step(
    () => withSts(clients, place, held, signal, (sts) => sts.callerIdentity()),
    (failure) => explainFailure(failure, { place, whose: held.whose, action: 'sts:GetCallerIdentity', on: '*' }),
  );
}

async function withSts<T>(
  clients: Omit<Clients, 'kms'>,
  place: Place,
  held: Held,
  signal: AbortSignal,
  call: (sts: StsCalls) => Promise<T>,
): Promise<T> {
  const sts = await clients.sts(place.region, held.value, signal);
  try {
    return await call(sts);
  } finally {
    sts.close();
  }
}

async function step<T>(
  call: () => Promise<T>,
  explain: (failure: Failure) => Diagnostic | undefined,
): Promise<Step<T>> {
  try {
    return { kind: 'done', value: await call() };
  } catch (error) {
    const diagnostic = explain(understandFailure(error));
    return { kind: 'refused', ...(diagnostic && { diagnostic }) };
  }
}
