/** The public API of `@keywright/graph`; everything else in the package may change in any release. */
export type { GraphData } from './data.ts';
export { graphData } from './graph-data.ts';
export { graphPage } from './html.ts';
export { graphMermaid } from './mermaid.ts';
export { graphSvg } from './svg.ts';
