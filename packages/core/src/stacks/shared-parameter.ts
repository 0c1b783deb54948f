import { joinedText, type Literal, literal } from '../ir/expression.ts';

/** The prefix of the SSM parameters by which stacks of a project share values between tools. */
export const sharedParameterPrefix = '/keywright/';

/** The name of the SSM parameter that shares an export: `/keywright/<app>/<stack>/<export>`. */
export function sharedParameterName(app: string, stackName: Literal, exportId: string): Literal {
  return joinedText([literal(`${sharedParameterPrefix}${app}/`), stackName, literal(`/${exportId}`)]);
}
