/**
 * The scripts of the page, which the browser and Node both run. They are files of their own rather than compiled ones, so that
 * what the page contains is what somebody wrote.
 */
import type dagre from '@dagrejs/dagre';
import { packageFile } from '../package-file.ts';
import type { GraphData } from './data.ts';

/** What scene.js and drawing.js give to Node. */
export interface Drawing {
  everything(): View;
  sceneOf(data: GraphData, view: View, layout: typeof dagre): Scene;
  draw(scene: Scene, isLive: boolean): string;
}

export interface View {
  readonly text: string;
  readonly account: string;
  readonly can: string;
  readonly kinds: readonly string[];
  readonly trust: boolean;
  readonly open: ReadonlyMap<string, boolean>;
  readonly limit: number;
}

export interface Scene {
  readonly clusters: readonly {
    readonly boxes: readonly { readonly rows: readonly { readonly group?: string }[] }[];
  }[];
  readonly lines: readonly unknown[];
  readonly width: number;
  readonly height: number;
}

/** Some of the scripts as one: names are told apart across them, so that imports and exports can go. */
export function joinScripts(...names: readonly string[]): string {
  return names
    .map((name) =>
      pageFile(name)
        .replaceAll(/^import [^;]*;\n/gm, '')
        .replaceAll(/^export /gm, ''),
    )
    .join('\n');
}

export function pageFile(name: string): string {
  return packageFile(`src/graph-page/${name}`).toString();
}

export async function loadDrawing(): Promise<Drawing> {
  const script = `${joinScripts('scene.js', 'drawing.js')}\nexport { everything, sceneOf, draw };`;
  const url = `data:text/javascript;base64,${Buffer.from(script).toString('base64')}`;
  const loaded: Drawing = await import(url);
  return loaded;
}
