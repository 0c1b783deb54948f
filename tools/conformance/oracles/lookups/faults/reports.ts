import { fault, type LookupFault } from './plant.ts';

/** The command exits with another code, or prints something else. */
export const reportFaults: readonly LookupFault[] = [
  fault('an exit code of 0 where 3 is due', (_, { due }) => (due.ended.includes(3) ? { ended: 0 } : undefined)),
  fault('an exit code of 1 where 3 is due', (_, { due }) => (due.ended.includes(3) ? { ended: 1 } : undefined)),
  fault('an exit code of 0 where 1 is due', (_, { due }) => (due.ended.join() === '1' ? { ended: 0 } : undefined)),
  fault('an exit code of 3 where 1 is due', (_, { due }) => (due.ended.join() === '1' ? { ended: 3 } : undefined)),
  fault('an exit code of 1 where 0 is due', (_, { due }) => (due.ended.join() === '0' ? { ended: 1 } : undefined)),
  fault('a problem that is not reported', ({ problems }, { due }) =>
    due.problems?.length ? { problems: problems.slice(1) } : undefined,
  ),
  fault('a problem reported twice', ({ problems }, { due }) =>
    due.problems?.length ? { problems: [...problems, ...problems] } : undefined,
  ),
  fault('a problem of another code', ({ problems }, { due }) =>
    due.problems?.length ? { problems: problems.map((problem) => ({ ...problem, code: 'KW5110' })) } : undefined,
  ),
  fault('a problem at another place', ({ problems }) =>
    problems.some(({ at }) => at !== undefined)
      ? { problems: problems.map((problem) => ({ ...problem, at: 'keywright.yaml:1:1' })) }
      : undefined,
  ),
  fault('a denial that does not name the alias', ({ problems }) =>
    problems.some(({ code, message }) => code === 'KW5106' && message.includes(':alias/'))
      ? {
          problems: problems.map((problem) => ({
            ...problem,
            message: problem.message.replaceAll(/:alias\/\S+/g, ''),
          })),
        }
      : undefined,
  ),
  fault('a denial that does not name the action', ({ problems }) =>
    problems.some(({ code }) => code === 'KW5106')
      ? { problems: problems.map((problem) => ({ ...problem, message: problem.message.replaceAll('kms:', '') })) }
      : undefined,
  ),
  fault('a warning on stderr', () => ({ stderr: '(node:1) Warning: The AWS SDK is old\n' })),
];
