/** The Nx plugin; see docs/nx.md. */
export { createNodesV2, createNodesV2 as createNodes } from './create-nodes.ts';
export type { KeywrightPluginOptions } from './options.ts';
export const name = '@keywright/nx';
