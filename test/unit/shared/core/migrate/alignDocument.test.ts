import { expect, test } from 'vitest'
import { alignDocument } from '../../../../../shared/core/migrate/alignDocument.ts'

const align = (document: object, from: number) => alignDocument(JSON.stringify(document), from)
const rest = {
  updated_at: 1,
  completed_at: 2,
  inputs: { a: 1 },
  variables: { b: 2 },
  checkpoints: [{ id: 'c' }],
  checksum: 'f00',
}
const bare = { workflow_id: 'w', status: 'completed' }

test('[M17] each value of a document of version 1 stands where the run has it, in its own words', () => {
  const build = {
    status: 'completed',
    output: 7,
    attempt: 2,
    started_at: 'monday',
    completed_at: null,
    error: null,
    exit_code: 0,
    owner: 'ada',
  }
  const first = { ...bare, workflow_name: 'ship', started_at: 'monday', states: { build }, team: 1 }

  expect(align(first, 1)).toEqual({
    id: 'w',
    status: 'completed',
    startedAt: 'monday',
    workflow: { name: 'ship' },
    steps: {
      build: {
        status: 'completed',
        output: 7,
        attempts: [{ number: 2, startedAt: 'monday', finishedAt: null, error: null, exitCode: 0 }],
        migratedFrom: { owner: 'ada' },
      },
    },
    migratedFrom: { fields: { team: 1 } },
  })
})

test('[M17] so does each value of a document of version 2, also beside a field with the name of version 1', () => {
  const steps = [
    { id: 'build', status: 'success', attempts: 3, result: 'ok' },
    { id: 'build', status: 'failure', error: 'boom' },
    { id: 'wait', status: 'pending' },
    { id: 'never', status: 'pending', attempts: 0 },
  ]
  const states = { build: 'ours' }

  expect(align({ version: 2, ...bare, workflow_version: '3', ...rest, steps, states }, 2)).toEqual({
    version: 2,
    id: 'w',
    status: 'completed',
    workflow: { version: '3' },
    updatedAt: 1,
    finishedAt: 2,
    inputs: { a: 1 },
    variables: { b: 2 },
    checkpoints: [{ id: 'c' }],
    checksum: 'f00',
    steps: {
      build: { status: 'success', output: 'ok', attempts: [{ number: 3 }] },
      build_2: { status: 'failure', attempts: [{ number: 1, error: 'boom' }] },
      wait: { status: 'pending', attempts: [] },
      never: { status: 'pending', attempts: [] },
    },
    migratedFrom: { fields: { states } },
  })
})

test('[M17] what a document does not have is not there', () => {
  const waiting = { status: 'pending' }
  expect(Object.entries(align({ ...bare, states: { waiting } }, 1) ?? {})).toEqual([
    ['id', 'w'],
    ['status', 'completed'],
    ['steps', { waiting: { status: 'pending', attempts: [] } }],
  ])
})
