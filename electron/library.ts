// The package for programs: keep state and checkpoints, define workflows of functions, and run them.
export { AppError, type ErrorCode } from '../shared/errors.ts'
export type { Json } from '../shared/schema/json.ts'
export type { WorkflowDefinition } from '../shared/schema/workflow.ts'
export { createRunner } from './library/createRunner.ts'
export {
  defineSteps,
  type RunnerFunction,
  type StepWorkflow,
  type WorkflowHead,
} from './library/defineSteps.ts'
export { defineWorkflow } from './library/defineWorkflow.ts'
export { FileStorageBackend, type FileStorageOptions } from './library/fileStorageBackend.ts'
export { MemoryStorageBackend } from './library/memoryStorageBackend.ts'
export type {
  DefinitionRunnerOptions,
  Runner,
  RunnerOptions,
  RunnerResult,
  RunnerSettings,
} from './library/runnerTypes.ts'
export type {
  CheckpointOptions,
  SaveOptions,
  Session,
  SessionCheckpoint,
  SessionStatus,
} from './library/sessions.ts'
export type { State } from './library/state.ts'
export { StateManager } from './library/stateManager.ts'
export type { StepArgument, StepOptions } from './library/stepTypes.ts'
export type { StorageBackend } from './library/storageBackend.ts'
export { storageBackendCases, type StorageBackendCase } from './library/storageBackendCases.ts'
export type {
  GivenSnapshot,
  Snapshot,
  TaskError,
  TaskResult,
  TaskTiming,
} from './library/taskResult.ts'
