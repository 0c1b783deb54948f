import { callFaults } from './faults/calls.ts';
import { endingFaults } from './faults/endings.ts';
import { fileFaults } from './faults/files.ts';
import type { LookupFault } from './faults/plant.ts';
import { reportFaults } from './faults/reports.ts';

/** All mistakes of the command that would be visible from outside. */
export const faults: readonly LookupFault[] = [...fileFaults, ...reportFaults, ...callFaults, ...endingFaults];
