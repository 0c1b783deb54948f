import { join } from 'node:path';

/** The site's output folder. */
export const siteFolder = join(import.meta.dirname, '../../out/site');
