/** `options` of the plugin in nx.json: other names for the targets, where a project has one of these already. */
export interface KeywrightPluginOptions {
  readonly checkTargetName?: string;
  readonly buildTargetName?: string;
  readonly verifyTargetName?: string;
  readonly lookupTargetName?: string;
}
