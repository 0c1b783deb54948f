import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import {
  accessDenied,
  credentialsExpired,
  credentialsRefused,
  noCredentials,
  notReached,
  regionNotEnabled,
  requestRefused,
  throttled,
} from './diagnostics.ts';
import { type Failure, mustBeEnabled } from './failure.ts';
import { type Place, shownPlace } from './place.ts';

/** The call that failed, as messages describe it. */
export interface FailedCall {
  readonly place: Place;
  /** For example `kms:DescribeKey`. */
  readonly action: string;
  /** The resource of the call: an ARN, or `*`. */
  readonly on: string;
  /** Whose credentials were used, for messages, such as `the credentials of profile data`. */
  readonly whose: string;
  readonly identity?: string;
}

/** Returns the diagnostic for a failure; `undefined` if the user interrupted the call. */
export function explainFailure({ kind, reason }: Failure, call: FailedCall): Diagnostic | undefined {
  const { action, on, whose } = call;
  const place = shownPlace(call.place);
  switch (kind) {
    case 'interrupted':
      return undefined;
    case 'noCredentials':
      return report(noCredentials, undefined, { whose, reason });
    case 'expired':
      return report(credentialsExpired, undefined, { whose, reason });
    case 'unknownCaller':
      return mustBeEnabled(call.place)
        ? report(regionNotEnabled, undefined, { place, reason })
        : report(credentialsRefused, undefined, { whose, place, reason });
    case 'badSignature':
      return report(credentialsRefused, undefined, { whose, place, reason });
    case 'regionOff':
      return report(regionNotEnabled, undefined, { place, reason });
    case 'denied':
      return report(accessDenied, undefined, {
        action,
        on,
        identity: call.identity ?? `the holder of ${whose}`,
        reason,
      });
    case 'throttled':
      return report(throttled, undefined, { action, place });
    case 'notReached':
      return report(notReached, undefined, { action, place, reason });
    case 'notFound':
    case 'other':
      return report(requestRefused, undefined, { action, on, reason });
  }
}
