/** Loaded before every test file: properties try the same values in every run, so that whatever passed here passes anywhere. */
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20261127 });
