/**
 * What AWS services are called, by what their principals are not called: names of products and of consoles, and words of other
 * tools. Source: the "service principal" that the page of each service documents.
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
