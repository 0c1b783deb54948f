/** `options` of the plugin in nx.json: other names for the targets, if a project already uses the default names. */
export interface KeywrightPluginOptions {
  readonly checkTargetName?: string;
  readonly buildTargetName?: string;
  readonly verifyTargetName?: string;
  readonly lookupTargetName?: string;
}
