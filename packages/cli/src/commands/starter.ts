import { accountId, region, stackName } from '@keywright/core/language/text';
import type * as z from 'zod';
import { packageFile } from '../package-file.ts';
import { projectFileName } from '../project/locate.ts';
import { targetsNamed } from './target-names.ts';

/** The options of `init`, which say what the project is for. Without an option, the project keeps the starter's value. */
export interface StarterOptions {
  readonly target?: readonly string[] | undefined;
  /** `<name>=<account id>`. A single account needs no name. */
  readonly account?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
}

interface Environment {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

type Problem = { readonly problem: string };

/** The name in the starter file, for a single account without a name. */
const onlyName = 'prod';

/** Returns the commented starter project for these targets and environments, or what is wrong with the options. */
export function starterText({ target, account, region }: StarterOptions): { readonly text: string } | Problem {
  const chosen = targetsNamed(target);
  if ('problem' in chosen) return chosen;
  const places = environmentsOf(account, region);
  if ('problem' in places) return places;
  let text = packageFile(`starter/${projectFileName}`).toString();
  if (target !== undefined) {
    const names = chosen.targets.map(({ name }) => name);
    const titles = chosen.targets.map(({ title }) => title);
    text = replaced(text, 'CloudFormation, Terraform and Pulumi below', `${titles.join(' and ')} below`);
    text = replaced(text, '    environment: prod\n', `    environment: prod\n    targets: [${names.join(', ')}]\n`);
  }
  const { environments } = places;
  if (environments.length > 0) {
    const lines = environments.map(
      ({ name, account, region }) => `  ${name}: { account: "${account}", region: ${region} }\n`,
    );
    text = replaced(text, '  prod: { account: "111122223333", region: eu-west-1 }\n', lines.join(''));
    const names = environments.map(({ name }) => name);
    text = replaced(
      text,
      'environment: prod\n',
      `environment: ${names.length === 1 ? names[0] : `[${names.join(', ')}]`}\n`,
    );
  }
  return { text };
}

/**
 * Returns one environment for each account and region. It is named after the account and, if there are several regions, after the region
 * too.
 */
function environmentsOf(
  accounts: readonly string[] | undefined,
  regions: readonly string[] | undefined,
): { readonly environments: readonly Environment[] } | Problem {
  if (accounts === undefined && regions === undefined) return { environments: [] };
  if (accounts === undefined || regions === undefined) {
    return { problem: 'an environment is an account and a region: give both --account and --region' };
  }
  const environments: Environment[] = [];
  for (const text of accounts) {
    const at = text.indexOf('=');
    if (at < 0 && accounts.length > 1) {
      return { problem: `${JSON.stringify(text)} needs a name, as there are several accounts: --account dev=${text}` };
    }
    const name = at < 0 ? onlyName : text.slice(0, at);
    const account = text.slice(at + 1);
    for (const regionName of regions) {
      const environment = { name: regions.length === 1 ? name : `${name}-${regionName}`, account, region: regionName };
      const problem =
        problemWith(stackName, environment.name) ?? problemWith(accountId, account) ?? problemWith(region, regionName);
      if (problem !== undefined) return { problem };
      if (environments.some(({ name }) => name === environment.name)) {
        return { problem: `there are two environments ${JSON.stringify(environment.name)}` };
      }
      environments.push(environment);
    }
  }
  return { environments };
}

function problemWith(type: z.ZodType, value: string): string | undefined {
  const { error } = type.safeParse(value);
  return error === undefined ? undefined : `${JSON.stringify(value)}: ${error.issues[0]?.message}`;
}

/** Throws if the text is missing, which means that the starter file was changed but this code was not. */
function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the starter lacks ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}
