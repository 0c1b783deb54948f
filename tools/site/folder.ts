import { join } from 'node:path';

/** Where the site is built to. */
export const siteFolder = join(import.meta.dirname, '../../out/site');
