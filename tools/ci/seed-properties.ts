/** Loaded before every test file. Properties then try the same values in every run, so what passed here passes anywhere. */
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20261127 });
