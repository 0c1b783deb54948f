import { callFaults } from './calls.ts';
import { endingFaults } from './endings.ts';
import { fileFaults } from './files.ts';
import type { LookupFault } from './plant.ts';
import { reportFaults } from './reports.ts';

/** All mistakes of the command that would be visible from outside. */
export const faults: readonly LookupFault[] = [...fileFaults, ...reportFaults, ...callFaults, ...endingFaults];
