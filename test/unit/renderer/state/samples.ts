import type { RunDetail, RunRow } from '../../../../shared/contract/runs.ts'
import { RunDetail as RunDetailSchema } from '../../../../shared/contract/runs.ts'

const at = '2026-01-02T03:04:05.678Z'

export function ref(document: string) {
  return { workspace: 'w', format: 'unstuck', document, item: null } as const
}

export function row(id: string, change: Partial<RunRow> = {}): RunRow {
  return {
    ref: ref(id),
    id,
    workflow: 'etl',
    version: '1',
    status: 'failed',
    health: 'ok',
    liveness: 'none',
    reason: { rule: 'G1', sentence: 'load failed.', severity: 'stuck' },
    step: 'load',
    stepsDone: 1,
    stepsTotal: 2,
    createdAt: at,
    updatedAt: at,
    finishedAt: at,
    attempts: 2,
    checkpoints: 1,
    sizeBytes: 900,
    format: 'Unstuck',
    owner: null,
    supersededBy: null,
    parent: null,
    pinned: false,
    ...change,
  }
}

export const counts = {
  all: 0,
  attention: 0,
  running: 0,
  waiting: 0,
  failed: 0,
  completed: 0,
  damaged: 0,
  parts: 0,
}

export function step(id: string) {
  return {
    id,
    title: null,
    status: 'succeeded',
    needs: [],
    sideEffects: 'none',
    attempts: [],
    waitingOn: null,
    skippedBy: null,
    inDoubt: false,
    startedAt: null,
    finishedAt: null,
  } as const
}

export function checkpoint(seq: number) {
  return {
    id: `cp-${seq}`,
    parent: null,
    seq,
    name: `point ${seq}`,
    trigger: 'step',
    step: null,
    progress: 0.5,
    at,
  } as const
}

type Lists = {
  readonly steps: readonly string[]
  readonly stepsTotal: number
  readonly seqs: readonly number[]
  readonly checkpointsTotal: number
  readonly status?: string
}

export function detail(id: string, lists: Lists): RunDetail {
  return RunDetailSchema.parse({
    ref: ref(id),
    rev: 'r1',
    health: 'ok',
    liveness: 'none',
    findings: [],
    diagnoses: [],
    holder: null,
    heldHere: false,
    sizeBytes: 1,
    files: [],
    backups: [],
    forks: [],
    run: {
      id,
      kind: 'workflow',
      workflow: { name: 'etl', version: null, source: null, digest: null },
      status: lists.status ?? 'failed',
      createdAt: at,
      startedAt: null,
      updatedAt: at,
      finishedAt: null,
      place: { user: null, host: null, folder: null },
      error: null,
      lineage: null,
      annotations: { colour: null, note: null, pinned: false, tags: [] },
      seq: 1,
      steps: lists.steps.map(step),
      stepsTotal: lists.stepsTotal,
      checkpoints: lists.seqs.map(checkpoint),
      checkpointsTotal: lists.checkpointsTotal,
      decisions: [],
    },
  })
}
