/** The prefix of the SSM parameters by which stacks of a project share values between tools: `/keywright/<app>/<stack>/<export>`. */
export const sharedParameterPrefix = '/keywright/';
