import { join } from 'node:path';

export const siteFolder = join(import.meta.dirname, '../../out/site');
