import { createHash } from 'node:crypto'
import { createRun } from '../../../../../shared/core/run/createRun.ts'
import { Envelope, RecordBody, type JournalRecord } from '../../../../../shared/schema/journal.ts'
import type { JournalReading } from '../../../../../shared/schema/journalReading.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'

export const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** A moment of the sample's day, `seconds` after it was created. */
export function moment(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678) + seconds * 1000).toISOString()
}

/** build → test → deploy, and notify beside them. */
export const definition = WorkflowDefinition.parse({
  name: 'release',
  version: '1.4',
  steps: {
    build: { run: 'make' },
    test: { run: 'make test', needs: ['build'] },
    deploy: { run: 'make deploy', needs: ['test'] },
    notify: { run: 'mail', needs: ['build'] },
  },
})

export function sampleRun(): Run {
  return createRun({
    id: RunId.parse('release-20260102t030405-ab12'),
    definition,
    source: '/srv/release.yaml',
    digest: `sha256:${sha256('release')}`,
    inputs: { target: 'staging' },
    at: moment(0),
    place: { user: 'ada', host: 'forge', folder: '/srv', environment: ['PATH'] },
    lineage: null,
  })
}

/** Records as a journal would hold them, one second apart, numbered from 1. */
export function journalOf(...bodies: readonly object[]): readonly JournalRecord[] {
  return bodies.map((body, index) => recordOf(body, index + 1))
}

export function recordOf(body: object, seq: number): JournalRecord {
  const line = {
    seq,
    at: moment(seq),
    epoch: 1,
    ...body,
    prev: seq === 1 ? '' : `sum-${seq - 1}`,
    sum: `sum-${seq}`,
  }
  const envelope = Envelope.parse(line)
  const known = RecordBody.safeParse(line)
  return known.success
    ? { kind: 'known', record: { ...envelope, ...known.data } }
    : { kind: 'unknown', record: envelope }
}

/** A journal as the store reads it, without a flaw. */
export function readingOf(records: readonly JournalRecord[]): JournalReading {
  const stored = records.map((item, index) => ({
    ...item,
    line: index + 1,
    offset: index * 100,
    sizeBytes: 100,
  }))
  const sizeBytes = records.length * 100
  return { sizeBytes, records: stored, flaws: [], goodBytes: sizeBytes }
}

export const born = () => ({ type: 'runCreated', run: sampleRun() })
export const started = { type: 'runStarted' }
export const began = (step: string, attempt = 1) => ({
  type: 'stepStarted',
  step,
  attempt,
  process: null,
})
export const succeeded = (step: string, output: unknown = null, attempt = 1) => ({
  type: 'stepSucceeded',
  step,
  attempt,
  output,
  exitCode: 0,
})
export const failed = (step: string, message = 'boom', attempt = 1) => ({
  type: 'stepFailed',
  step,
  attempt,
  error: { name: 'ExitCode', message, code: null, stack: null },
  exitCode: 2,
})
export const checkpoint = (id: string, step: string | null = null, progress = 0.25) => ({
  type: 'checkpoint',
  id,
  parent: null,
  name: id,
  trigger: 'step',
  step,
  progress,
})
