import type { MappedField } from '../../../shared/schema/unknownMapping.ts'

export const fieldLabels: Readonly<Record<MappedField, string>> = {
  id: 'Run id',
  workflow: 'Workflow',
  status: 'Status',
  createdAt: 'Created',
  startedAt: 'Started',
  updatedAt: 'Last change',
  finishedAt: 'Ended',
  error: 'Error',
  steps: 'Steps',
  stepId: 'Step id',
  stepStatus: 'Step status',
  stepStartedAt: 'Step started',
  stepFinishedAt: 'Step ended',
  stepError: 'Step error',
  stepOutput: 'Step output',
}

/** Those that matter most first. */
export const formFields: readonly MappedField[] = [
  'status',
  'steps',
  'stepId',
  'stepStatus',
  'id',
  'workflow',
  'startedAt',
  'finishedAt',
  'error',
  'createdAt',
  'updatedAt',
  'stepStartedAt',
  'stepFinishedAt',
  'stepError',
  'stepOutput',
]
