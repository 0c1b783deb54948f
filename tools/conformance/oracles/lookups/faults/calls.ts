import type { Call, Run } from '../case.ts';
import { fault, type LookupFault } from './plant.ts';

function callFault(
  name: string,
  mistake: (calls: readonly Call[], run: Run) => readonly Call[] | undefined,
): LookupFault {
  return fault(name, (seen, run) => {
    if (run.due.calls === undefined) return undefined;
    const calls = mistake(seen.calls, run);
    return calls && { calls };
  });
}

const again = (calls: readonly Call[], action: string): readonly Call[] | undefined => {
  const call = calls.find((call) => call.action === action && !call.troubled);
  return call && [...calls, call];
};

function callOf(action: string, about: string): Call {
  return { action, region: 'eu-west-1', accessKeyId: 'A', about, troubled: false };
}

/** The command calls AWS too often, not often enough, or with a call that it must not make. */
export const callFaults: readonly LookupFault[] = [
  callFault('each alias asked for twice', (calls) =>
    calls.some(({ action }) => action === 'kms:DescribeKey')
      ? [...calls, ...calls.filter(({ action }) => action === 'kms:DescribeKey')]
      : undefined,
  ),
  callFault('a key described for each of many aliases', (calls, { due }) => {
    const [, most] = due.calls?.['kms:DescribeKey'] ?? [0, 0];
    const isListed = calls.some(({ action }) => action === 'kms:ListAliases');
    return isListed && most > 0 ? again(calls, 'kms:DescribeKey') : undefined;
  }),
  callFault('a page too many', (calls, { due }) => {
    const [, most] = due.calls?.['kms:ListAliases'] ?? [0, 0];
    const page = calls.find(({ action, troubled }) => action === 'kms:ListAliases' && !troubled);
    return page && [...calls, ...Array.from({ length: most }, () => page)];
  }),
  callFault('a list where a few aliases are wanted', (calls) =>
    calls.some(({ action }) => action === 'kms:ListAliases') || calls.length === 0
      ? undefined
      : [...calls, callOf('kms:ListAliases', '*')],
  ),
  callFault('a role assumed twice', (calls) => again(calls, 'sts:AssumeRole')),
  callFault('nobody asked who one is', (calls) =>
    calls.some(({ action }) => action === 'sts:GetCallerIdentity')
      ? calls.filter(({ action }) => action !== 'sts:GetCallerIdentity')
      : undefined,
  ),
  callFault('a call where nothing is to be asked', (calls) =>
    calls.length > 0 ? undefined : [callOf('sts:GetCallerIdentity', '*')],
  ),
  callFault('a call that changes something', (calls) =>
    calls.length === 0 ? undefined : [...calls, callOf('kms:CreateAlias', 'alias/a')],
  ),
  callFault('an attempt too many where there is trouble without end', (calls, { due }) =>
    due.problems?.some(({ code }) => code === 'KW5108') ? again(calls, 'kms:DescribeKey') : undefined,
  ),
  callFault('an alias of AWS described that has no key', (calls, { due }) =>
    due.never?.what.source.includes('aws') && calls.some(({ action }) => action === 'kms:DescribeKey')
      ? calls.map((call) => (call.action === 'kms:DescribeKey' ? { ...call, about: 'alias/aws/sqs' } : call))
      : undefined,
  ),
  callFault('a key asked for in an account that is another', (calls, { due }) =>
    due.problems?.some(({ code }) => code === 'KW5104') && due.never !== undefined
      ? [...calls, callOf('kms:DescribeKey', 'alias/a')]
      : undefined,
  ),
  fault('six calls at the same time in a place', ({ atOnce }) =>
    atOnce.place > 0 ? { atOnce: { ...atOnce, place: 6 } } : undefined,
  ),
  fault('calls without a bound at the same time', ({ atOnce }) =>
    atOnce.all > 0 ? { atOnce: { ...atOnce, all: 31 } } : undefined,
  ),
];
