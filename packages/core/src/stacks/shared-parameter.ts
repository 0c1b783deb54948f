import { joinedText, type Literal, literal } from '../ir/expression.ts';

/** The prefix of the SSM parameters that share values between stacks of a project for different tools. */
export const sharedParameterPrefix = '/keywright/';

/** The name of the SSM parameter that shares an export: `/keywright/<app>/<stack>/<export>`. */
export function sharedParameterName(app: string, stackName: Literal, exportId: string): Literal {
  return joinedText([literal(`${sharedParameterPrefix}${app}/`), stackName, literal(`/${exportId}`)]);
}
