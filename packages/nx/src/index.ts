/** The Nx plugin. docs/nx.md says what it makes of a workspace. */
export { createNodesV2, createNodesV2 as createNodes } from './create-nodes.ts';
export type { KeywrightPluginOptions } from './options.ts';
export const name = '@keywright/nx';
