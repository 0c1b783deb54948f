import { hasErrors } from '../diagnostics/diagnostic.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { SourceFile } from '../source/span.ts';
import type { ProjectHost } from './host.ts';
import { mergeFiles } from './merge-files.ts';
import { readPolicyFiles } from './policy-files.ts';
import type { Project } from './project.ts';
import { readFiles } from './read-files.ts';

export interface ReadProject {
  /** Absent if `keywright.yaml` or a trusted file could not be understood. */
  readonly project?: Project;
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** Reads `keywright.yaml`, the files it includes, and the policy files that these name. */
export function readProject(host: ProjectHost): Result<ReadProject> {
  const collector = createCollector();
  const { files, sources, access, hasTrustedFiles } = collector.take(readFiles(host));
  const hasAllNames = !hasErrors(collector.diagnostics);
  const sections = collector.take(mergeFiles(files, access));
  const isWhole = !hasErrors(collector.diagnostics);
  if (sections === undefined || !hasTrustedFiles) return collector.result({ sources });
  const policyFiles = collector.take(readPolicyFiles(sections, host));
  const project = { ...sections, isWhole, hasAllNames, policyFiles: policyFiles.policies };
  return collector.result({ project, sources: new Map([...sources, ...policyFiles.sources]) });
}
