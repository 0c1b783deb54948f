import { type SourceValue, Unknown, valueOfExpression } from '@keywright/core/reading/source-value';
import type { Place } from '@keywright/core/resolve/place';
import { isMapping } from '@keywright/core/syntax/is-mapping';
import type { WantedOutput } from './evaluate/scope.ts';
import { isSecret } from './no-echo.ts';

/** Looks up the values that a template gets from outside. */
export interface Sources {
  /** The user's value for a parameter, `LogicalId` or `LogicalId.Attribute`; `undefined` if there is none. */
  readonly given: (name: string) => SourceValue | undefined;
  /** Resolves `Fn::ImportValue`. */
  readonly exported: (name: string) => SourceValue;
  /** Resolves `Fn::GetStackOutput`. */
  readonly outputOf: (wanted: WantedOutput) => SourceValue;
  /** The value that Keywright shares through the SSM parameter of this name; `undefined` if no template read here creates the parameter. */
  readonly shared: (parameterName: string) => SourceValue | undefined;
  /** The tags that CloudFormation puts on everything in the stack. */
  readonly stackTags: () => StackTags | Unknown;
}

/** The values of tags, by name. */
export type StackTags = ReadonlyMap<string, SourceValue>;

/**
 * Evaluates `Ref` of a parameter. Does not use the default, because production may override it. Source: CloudFormation template reference,
 * "Parameters".
 */
export function parameterValue(name: string, definition: unknown, sources: Sources): SourceValue {
  const properties = isMapping(definition) ? definition : {};
  const { Type, Default } = properties;
  if (isSecret(properties))
    return new Unknown(`the parameter ${name} is a secret (NoEcho)`, 'remove NoEcho if it is not a secret');
  const type = typeof Type === 'string' ? Type : 'String';
  const value = sources.given(name);
  if (type.startsWith('AWS::SSM::Parameter::')) {
    const parameterName = value ?? Default;
    const inSsm = `ssm:${typeof parameterName === 'string' ? parameterName : name}`;
    return (
      sources.given(inSsm) ??
      (typeof parameterName === 'string' ? sources.shared(parameterName) : undefined) ??
      new Unknown(
        `the parameter ${name} is looked up in SSM when the stack is deployed`,
        `give its value with \`--parameters\`, as { "${inSsm}": … }`,
      )
    );
  }
  if (value === undefined) {
    const unused =
      Default === undefined ? '' : `; its default, ${JSON.stringify(Default)}, may not be what is deployed`;
    return new Unknown(
      `nothing sets the parameter ${name}${unused}`,
      `give its value with \`--parameters\`, as { "${name}": … }`,
    );
  }
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return isList && typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value;
}

/** Evaluates `Ref` of a pseudo parameter. Source: CloudFormation User Guide, "Get AWS values using pseudo parameters". */
export function pseudoParameter(
  name: string,
  stackName: string | undefined,
  place: Place,
  sources: Sources,
): SourceValue {
  switch (name) {
    case 'AWS::AccountId':
      return valueOfExpression(place.account);
    case 'AWS::Region':
      return valueOfExpression(place.region);
    case 'AWS::Partition':
      return valueOfExpression(place.partition);
    case 'AWS::URLSuffix':
      return valueOfExpression(place.dnsSuffix);
    default:
      return (
        (name === 'AWS::StackName' ? stackName : undefined) ??
        sources.given(name) ??
        new Unknown(
          `${name} is known only when the stack is deployed`,
          `give it with \`--parameters\`, as { "${name}": … }`,
        )
      );
  }
}
