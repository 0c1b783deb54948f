import { callFaults } from './faults/calls.ts';
import { endingFaults } from './faults/endings.ts';
import { fileFaults } from './faults/files.ts';
import type { LookupFault } from './faults/plant.ts';
import { reportFaults } from './faults/reports.ts';

/** What the command could do wrong that is visible from outside. */
export const faults: readonly LookupFault[] = [...fileFaults, ...reportFaults, ...callFaults, ...endingFaults];
