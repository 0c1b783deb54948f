import { cloudtrail } from './cloudtrail.ts';
import { dnssec } from './dnssec.ts';
import { logs } from './logs.ts';
import type { ServicePreset } from './preset.ts';

/** Every service that `services:` knows, by name in alphabetical order. */
export const servicePresets: readonly ServicePreset[] = [cloudtrail, dnssec, logs];
