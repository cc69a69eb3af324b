import { expect, test } from 'vitest'
import type { FormatId } from '../../../../../shared/schema/format.ts'
import { checksumV2 } from '../../../../../shared/core/migrate/checksumV2.ts'
import { oldDocumentFindings } from '../../../../../shared/core/migrate/oldDocumentFindings.ts'
import { upcast } from '../../../../../shared/core/migrate/upcast.ts'
import { sha256 } from '../run/sampleRun.ts'

const options = {
  document: 'old.json',
  at: '2026-01-01T00:00:00.000Z',
  sha256,
  isTaken: () => false,
}

/** Rule, place and sentence of what is wrong with a document. */
function findings(text: string, format: FormatId) {
  const found = oldDocumentFindings({ text, format, run: upcast(text, options) }, sha256)
  return found.map(({ rule, pointer, state, line, sentence }) => ({
    rule,
    pointer,
    line,
    sentence,
    ...(state === undefined ? {} : { state }),
  }))
}

const second = { version: 2, workflow_id: 'w', status: 'completed', completed_at: 9, started_at: 1 }
const whole = { ...second, steps: [{ id: 'a', status: 'success', started_at: 2, completed_at: 3 }] }

test('[I35] a document of version 2 that does not fit its checksum is told at the checksum', () => {
  const checksum = checksumV2(JSON.stringify(whole), sha256)
  expect(findings(JSON.stringify({ ...whole, checksum }), 'unstuck-v2')).toEqual([])
  expect(findings(JSON.stringify({ ...whole, checksum: 'f00' }), 'unstuck-v2')).toEqual([
    {
      rule: 'I35',
      pointer: '/checksum',
      line: 1,
      sentence: 'The document does not fit its checksum: it was changed after it was written.',
    },
  ])
})

test('[I36] progress beyond 0 to 100 is told at its checkpoint', () => {
  const checkpoints = [0, 100, -1, 100.5].map((progress) => ({
    id: `at ${progress}`,
    progress,
    timestamp: 3,
  }))
  const text = JSON.stringify({
    ...whole,
    checkpoints: [...checkpoints, { id: 'x', timestamp: 3 }],
  })

  expect(findings(text, 'unstuck-v2')).toMatchObject([
    {
      rule: 'I36',
      pointer: '/checkpoints/2/progress',
      sentence: 'The progress of the checkpoint "at -1" is -1, expected 0 to 100.',
    },
    { rule: 'I36', pointer: '/checkpoints/3/progress' },
  ])
})

test('[C5] a key that stands twice in an old document is told with the line of the second', () => {
  const text = JSON.stringify(whole, null, 1).replace(
    '"version": 2',
    '"status": "failed",\n "version": 2',
  )
  expect(findings(text, 'unstuck-v2')).toMatchObject([
    { rule: 'C5', sentence: 'The key "status" stands twice in the same object.', line: 5 },
  ])
})

test('[I3] a contradiction is told where the document says it, and where the run has it', () => {
  const running = { status: 'running', started_at: 2 }
  const first = {
    workflow_id: 'w',
    status: 'completed',
    started_at: '2025-01-02T10:15:00Z',
    completed_at: '2025-01-02T10:16:00Z',
    states: { a: { status: 'running', started_at: '2025-01-02T10:15:00Z' } },
  }

  const inFirst = findings(JSON.stringify(first), 'unstuck-v1')
  const inSecond = findings(
    JSON.stringify({ ...second, steps: [{ id: 'a', ...running }] }),
    'unstuck-v2',
  )

  expect(inFirst.map(({ pointer, state }) => [pointer, state])).toContainEqual([
    '/states/a',
    '/steps/a/status',
  ])
  expect(inSecond.map(({ pointer, state }) => [pointer, state])).toContainEqual([
    '/steps/0',
    '/steps/a/status',
  ])
})

test('[I36] what is no document of ours, or cannot be read as one, has none of these', () => {
  expect(findings('{"version": 2, "workflow_id": 3, "steps": []}', 'unstuck-v2')).toEqual([])
  const run = upcast(JSON.stringify(whole), options)
  expect(oldDocumentFindings({ text: '{}', format: 'unknown', run }, sha256)).toEqual([])
})

test('[I3] what contradicts of the run itself is told at the key that says it', () => {
  const checkpoints = [{ id: 'c', timestamp: 0, step: 'a' }]
  const late = { ...whole, started_at: 9, completed_at: 1, checkpoints }
  const found = findings(JSON.stringify(late), 'unstuck-v2')
  expect(found.map(({ pointer, state }) => [pointer, state])).toEqual([
    ['/completed_at', '/finishedAt'],
    ['/updated_at', '/updatedAt'],
    ['/steps/0', '/steps/a/attempts/0/finishedAt'],
    ['/steps/0', '/steps/a/attempts/0/startedAt'],
  ])
})
