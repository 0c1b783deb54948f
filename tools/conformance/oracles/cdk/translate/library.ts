import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as core from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';

/** The parts of the CDK that the translator uses, of version 2 or version 1. */
export interface Library {
  /** For example `aws-cdk-lib 2.276.0`. */
  readonly name: string;
  /** Whether this is version 1, in which `@aws-cdk/aws-kms:defaultKeyPolicies` can still be off. */
  readonly legacy: boolean;
  readonly core: typeof core;
  readonly iam: typeof iam;
  readonly kms: typeof kms;
}

const conformance = join(import.meta.dirname, '../../..');
const modern = { folder: conformance, core: 'aws-cdk-lib', iam: 'aws-cdk-lib/aws-iam', kms: 'aws-cdk-lib/aws-kms' };
const legacy = {
  folder: join(conformance, 'legacy'),
  core: '@aws-cdk/core',
  iam: '@aws-cdk/aws-iam',
  kms: '@aws-cdk/aws-kms',
};
type Packages = typeof modern;

/** Says what is missing; `undefined` if both versions are installed. */
export function missingLibrary(): string | undefined {
  const missing = [modern, legacy].find(({ folder, kms }) => !existsSync(join(folder, 'node_modules', kms)));
  return missing && `${missing.kms} is not installed`;
}

let libraries: { readonly modern: Library; readonly legacy: Library } | undefined;

/** Returns the version of the CDK that judges a project: version 1 for `defaultKeyPolicies: false`. Loading it takes seconds. */
export function libraryFor(settings: { readonly defaultKeyPolicies: boolean }): Library {
  libraries ??= { modern: load(modern, false), legacy: load(legacy, true) };
  return settings.defaultKeyPolicies ? libraries.modern : libraries.legacy;
}

function load(packages: Packages, isLegacy: boolean): Library {
  process.env.JSII_DEPRECATED ??= 'quiet'; // everything in version 1 is deprecated
  const require = createRequire(join(packages.folder, 'package.json'));
  const [root = ''] = isLegacy ? [packages.kms] : [packages.core];
  const manifest = JSON.parse(readFileSync(join(packages.folder, 'node_modules', root, 'package.json'), 'utf8'));
  return {
    name: `${root} ${manifest.version}`,
    legacy: isLegacy,
    // The parts that are used have the same names and parameters in both versions. The few exceptions depend on `legacy`.
    core: require(packages.core) as typeof core,
    iam: require(packages.iam) as typeof iam,
    kms: require(packages.kms) as typeof kms,
  };
}
