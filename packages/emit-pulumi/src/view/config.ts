import type { Parameter } from '@keywright/core/emit/declared-parameters';
import { atom, call, string } from '../print/code.ts';
import type { Constants, Declaration } from '../print/constants.ts';
import type { ProgramSource } from './program-source.ts';

/**
 * Returns the values that a program reads from the configuration of its Pulumi stack. Complete only once the rest of the program is
 * printed.
 */
export function configOf(source: ProgramSource, constants: Constants): readonly Declaration[] {
  const parameters = givenParameters(source);
  const config = parameters.length > 0 ? constants.claim('config') : undefined;
  const values = source.declared().map((parameter): Declaration => {
    const { name, type } = parameter;
    const read = type === 'number' ? 'requireNumber' : 'require';
    const code = parameters.includes(parameter) ? call(`${config}.${read}`, string(name)) : atom('pulumi.getStack()');
    return { constant: constants.ofConfig(name), code };
  });
  return config === undefined ? values : [{ constant: config, code: call('new pulumi.Config') }, ...values];
}

/**
 * Returns the parameters that the configuration has to provide. The environment is not one of them, because it is the name of the Pulumi
 * stack.
 */
export function givenParameters({ declared }: ProgramSource): readonly Parameter[] {
  return declared().filter(({ origin }) => origin !== 'environment');
}
