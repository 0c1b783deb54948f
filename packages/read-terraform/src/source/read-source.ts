import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { Result } from '@keywright/core/diagnostics/result';
import type { SourceFile } from '@keywright/core/source/span';
import { createJsonText, JsonProblem, type JsonText, type Range } from '@keywright/core/syntax/json-text';
import { brokenJson, encryptedState, largeFile, notTerraform, unreadVersion } from '../diagnostics.ts';
import type { PlanSource } from './plan.ts';
import { readResourceList, readShowJson } from './show-json.ts';
import { readStateFile } from './state-file.ts';

/**
 * The maximum length of a file in characters. Measured: 200 million take about 3 s and 400 MB; a string in Node.js has at most 2^29 - 24,
 * about 537 million.
 */
const limit = 256_000_000;

const showAdvice = 'read a state file, or what `terraform show -json` prints of a state or a plan file';

/** Detects the kind of a file, and reads it. Never throws, whatever the content. */
export function readSource(file: SourceFile): Result<PlanSource | undefined> {
  const { path, text } = file;
  const start = { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if (text.length > limit) {
    return failed(report(largeFile, start, { size: Math.ceil(text.length / 1e6), limit: limit / 1e6 }));
  }
  const problem = problemOf(text);
  if (problem !== undefined) return failed(report(notTerraform, start, problem));
  const json = createJsonText(file);
  try {
    return readRoot(json);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    const { message, offset } = error;
    return failed(report(brokenJson, json.span({ start: offset, end: offset }), { problem: message }));
  }
}

function failed(diagnostic: Diagnostic): Result<undefined> {
  return { value: undefined, diagnostics: [diagnostic] };
}

/** Says what a file is that is not JSON, as a problem with advice. */
function problemOf(text: string): { readonly problem: string; readonly advice: string } | undefined {
  const first = text
    .slice(0, 2000)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (first === '' && text.trim() === '')
    return {
      problem: 'it is empty',
      advice: 'check the workspace and the backend: `terraform state pull` prints nothing before the first apply',
    };
  if (first.startsWith('PK\u0003\u0004'))
    return { problem: 'it is a plan file', advice: 'convert it to JSON: `terraform show -json PLAN > plan.json`' };
  if (/^\{"@level":/.test(first))
    return {
      problem: 'it is the log of `terraform plan -json`',
      advice: 'run `terraform plan -out=PLAN`, then `terraform show -json PLAN`',
    };
  if (!/^[[{]/.test(first)) return { problem: 'it is not JSON', advice: showAdvice };
  return undefined;
}

function readRoot(json: JsonText): Result<PlanSource | undefined> {
  const { array, members, start } = json.root();
  const head = json.span({ start, end: start + 1 });
  const read = (value: PlanSource): Result<PlanSource> => ({ value, diagnostics: [] });
  if (array !== undefined) return readList(json, array);
  if (members.has('encrypted_data') || members.has('encryption_version'))
    return failed(report(encryptedState, head, {}));
  const format = members.get('format_version');
  if (format !== undefined) {
    const version = String(json.value(format));
    if (/^1\./.test(version)) return read(readShowJson(json, members));
    const advice = version.startsWith('0.')
      ? 'write it again with Terraform 1.0 or later, or with OpenTofu'
      : 'write it again with a version of Terraform that Keywright supports, or read the state file';
    const what = 'this output of `terraform show -json`';
    return failed(report(unreadVersion, json.span(format), { what, version, advice }));
  }
  const version = members.get('version');
  if (version !== undefined && ['resources', 'modules', 'lineage'].some((name) => members.has(name))) {
    const number = String(json.value(version));
    if (number === '4') return read(readStateFile(json, members));
    const advice =
      Number(number) < 4
        ? 'let Terraform 0.12 or later write it again: `terraform apply -refresh-only`'
        : 'convert it to JSON with the Terraform that wrote it: `terraform show -json`';
    return failed(report(unreadVersion, json.span(version), { what: 'the state file', version: number, advice }));
  }
  const problem = 'it has neither `version` and `resources` nor `format_version`';
  return failed(report(notTerraform, head, { problem, advice: showAdvice }));
}

/** Reads the resources in the output of `terraform show -json` after a `jq` filter. */
function readList(json: JsonText, root: Range): Result<PlanSource | undefined> {
  for (const element of json.elements(root)) {
    if (json.member(element, 'type') === undefined || json.member(element, 'address') === undefined) {
      const problem = 'it is a list of something other than resources';
      const head = json.span({ start: element.start, end: element.start + 1 });
      return failed(report(notTerraform, head, { problem, advice: showAdvice }));
    }
  }
  return { value: readResourceList(json, root), diagnostics: [] };
}
