import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/**
 * Lets the SDK find these variables and this configuration file, and nothing else on this machine: no other variables, no files of the
 * user, no role of an instance. Returns a function that restores the environment.
 */
export function awsEnvironment(variables: Readonly<Record<string, string>>, config = ''): () => void {
  const home = mkdtempSync(join(tmpdir(), 'keywright-aws-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  writeFileSync(join(home, 'config'), config);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return () => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  };
}
