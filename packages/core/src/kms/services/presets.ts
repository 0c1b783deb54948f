import { autoscaling } from './autoscaling.ts';
import { bedrockAgents } from './bedrock-agents.ts';
import { cloudfront } from './cloudfront.ts';
import { cloudtrail } from './cloudtrail.ts';
import { cloudtrailLake } from './cloudtrail-lake.ts';
import { cloudwatch } from './cloudwatch.ts';
import { config } from './config.ts';
import { controlTower } from './control-tower.ts';
import { deliveryLogs } from './delivery-logs.ts';
import { dnssec } from './dnssec.ts';
import { ecsFargate } from './ecs-fargate.ts';
import { eventArchive } from './event-archive.ts';
import { eventBus } from './event-bus.ts';
import { eventBusLogs } from './event-bus-logs.ts';
import { events } from './events.ts';
import { guardduty } from './guardduty.ts';
import { identityCenter } from './identity-center.ts';
import { inspector } from './inspector.ts';
import { lambdaFilters } from './lambda-filters.ts';
import { lambdaPackages } from './lambda-packages.ts';
import { logs } from './logs.ts';
import { logsAnomalyDetectors } from './logs-anomaly-detectors.ts';
import { logsQueryResults } from './logs-query-results.ts';
import { macie } from './macie.ts';
import type { ServicePreset } from './preset.ts';
import { s3 } from './s3.ts';
import { s3Inventory } from './s3-inventory.ts';
import { s3Metadata } from './s3-metadata.ts';
import { s3Tables } from './s3-tables.ts';
import { ses } from './ses.ts';
import { sns } from './sns.ts';
import { storageLens } from './storage-lens.ts';
import { storageLensTables } from './storage-lens-tables.ts';
import { topicPublishers } from './topic-publishers.ts';

/**
 * Every service that `services:` knows, in the alphabetical order of names. These services use a key as themselves or with a service-linked
 * role, so the key policy has to name them. For those that act with the credentials of their caller (EBS, RDS, Secrets Manager …), see
 * `without-statement.ts`.
 */
export const servicePresets: readonly ServicePreset[] = [
  autoscaling,
  bedrockAgents,
  cloudfront,
  cloudtrail,
  cloudtrailLake,
  cloudwatch,
  config,
  controlTower,
  deliveryLogs,
  dnssec,
  ecsFargate,
  eventArchive,
  eventBus,
  eventBusLogs,
  events,
  guardduty,
  identityCenter,
  inspector,
  lambdaFilters,
  lambdaPackages,
  logs,
  logsAnomalyDetectors,
  logsQueryResults,
  macie,
  s3,
  s3Inventory,
  s3Metadata,
  s3Tables,
  ses,
  sns,
  storageLens,
  storageLensTables,
  topicPublishers,
];
