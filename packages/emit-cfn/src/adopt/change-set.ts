import { type AdoptStep, type Expectation, nothing, shellWord } from '@keywright/core/emit/adoption';

/** Returns a CloudFormation step: create a change set, check it, and execute that very change set. */
export function changeSetStep(input: {
  readonly title: string;
  readonly about: readonly string[];
  readonly stackName: string;
  readonly region: string | undefined;
  /** The name of the change set, and of the file with its description. */
  readonly name: string;
  readonly type: 'IMPORT' | 'UPDATE';
  /** Arguments of `create-change-set` besides names, type and capabilities. */
  readonly arguments: readonly string[];
  readonly expects: Partial<Omit<Expectation, 'tool' | 'file'>>;
  readonly back: readonly string[];
}): AdoptStep {
  const { title, about, stackName, region, name, type, expects, back } = input;
  const at = region === undefined ? '' : ` --region ${region}`;
  const set = `--stack-name ${shellWord(stackName)} --change-set-name ${name}${at}`;
  const file = `${name}-change-set.json`;
  const done = type === 'IMPORT' ? 'stack-import-complete' : 'stack-update-complete';
  return {
    title,
    about,
    prepare: [
      `aws cloudformation create-change-set ${set} --change-set-type ${type} --capabilities CAPABILITY_NAMED_IAM ${input.arguments.join(' ')}`,
      `aws cloudformation wait change-set-create-complete ${set}`,
      `aws cloudformation describe-change-set ${set} > ${file}`,
    ],
    expects: { tool: 'cfn', file, ...nothing, ...expects },
    apply: [
      `aws cloudformation execute-change-set ${set}`,
      `aws cloudformation wait ${done} --stack-name ${shellWord(stackName)}${at}`,
    ],
    back: [`Before: \`aws cloudformation delete-change-set ${set}\`; nothing has happened.`, ...back],
  };
}
