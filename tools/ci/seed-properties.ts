/** Loaded before every test file: properties try the same values in every run, so that what passed here passes anywhere. */
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20261127 });
