/**
 * Loaded before every test file. Makes properties try the same values in every run, so that a test that passed once passes on every
 * machine.
 */
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20261127 });
