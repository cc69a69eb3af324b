import { WorkflowDefinition } from '../../../shared/schema/workflow.ts'

/** The workflows of the data set: a few that run often and a few that run seldom, of four to twelve steps. */
export const workflows: readonly WorkflowDefinition[] = [
  define('deploy', [
    'checkout',
    'install',
    'build',
    'test',
    'package',
    'upload',
    'switch',
    'verify',
  ]),
  define('nightly-etl', [
    'extract-orders',
    'extract-customers',
    'extract-payments',
    'clean',
    'join',
    'aggregate',
    'load',
    'compare',
    'report',
  ]),
  define('train-model', ['fetch', 'split', 'features', 'fit', 'evaluate', 'register']),
  define('backup', ['freeze', 'copy', 'verify', 'release']),
  define('release-notes', ['collect', 'draft', 'review', 'publish', 'announce']),
  define('regression', [
    'prepare',
    ...Array.from({ length: 10 }, (_, index) => `suite-${index + 1}`),
    'summary',
  ]),
]

function define(name: string, steps: readonly string[]): WorkflowDefinition {
  return WorkflowDefinition.parse({
    name,
    version: '1.4.0',
    description: `${name}, as it runs in production.`,
    inputs: { environment: 'staging', branch: 'main' },
    steps: Object.fromEntries(
      steps.map((step, index) => [step, stepOf(name, step, steps[index - 1])]),
    ),
  })
}

function stepOf(workflow: string, step: string, before: string | undefined): object {
  return {
    title: `${step} of ${workflow}`,
    run: `./bin/${step} --environment "$ENVIRONMENT" --branch "$BRANCH" --verbose`,
    ...(before === undefined ? {} : { needs: [before] }),
    timeout: '30m',
    sideEffects: 'idempotent',
    retry: { attempts: 3, delay: '10s', backoff: 'exponential' },
  }
}
