/**
 * The service principal behind other names of a service: product names, console names, and other tools' words. Source:
 * the "service principal" on each service's documentation page.
 */
export const serviceSynonyms: Readonly<Record<string, string>> = {
  'amazon-mq': 'mq',
  'api-gateway': 'apigateway',
  'auto-scaling': 'autoscaling',
  'cloud-trail': 'cloudtrail',
  'cloud-watch': 'cloudwatch',
  'cloudwatch-alarms': 'cloudwatch',
  'cloudwatch-events': 'events',
  'cloudwatch-logs': 'logs',
  cloudwatchevents: 'events',
  cloudwatchlogs: 'logs',
  'code-build': 'codebuild',
  'code-deploy': 'codedeploy',
  'code-pipeline': 'codepipeline',
  emr: 'elasticmapreduce',
  'event-bridge': 'events',
  eventbridge: 'events',
  'guard-duty': 'guardduty',
  'step-functions': 'states',
  stepfunctions: 'states',
  'systems-manager': 'ssm',
};
