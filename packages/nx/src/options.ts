/** `options` of the plugin in nx.json: other names for the targets, for projects that already use the default names. */
export interface KeywrightPluginOptions {
  readonly checkTargetName?: string;
  readonly buildTargetName?: string;
  readonly verifyTargetName?: string;
  readonly lookupTargetName?: string;
}
