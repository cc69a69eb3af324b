import { describe, expect, test } from 'vitest'
import { withPoints } from '../../../../electron/services/foreignFacts.ts'
import { isInView } from '../../../../electron/services/listing/views.ts'
import { pointOf } from '../../../../electron/services/readDocumentText.ts'
import { RunView } from '../../../../shared/contract/runs.ts'
import type { FormatPoint, FormatReading } from '../../../../shared/core/formats/format.ts'
import { sampleRun } from '../../shared/core/run/sampleRun.ts'

describe('states beside a document', () => {
  test('[F198] are checkpoints of its run, oldest first, each with its problem', () => {
    const { checkpoints } = withPoints(sampleRun(), { reading, set })

    expect(checkpoints).toMatchObject([
      { id: 'one', parent: null, seq: 1, name: 'first', at: '2026-01-02T00:00:00.000Z' },
      { id: 'two', parent: 'one', seq: 2, name: 'second (no checksum)', at: modifiedAt },
    ])
  })

  test('[F198] are found by their id', () => {
    const ref = { workspace: 'w', format: 'awf', document: 'a.json', item: null } as const

    expect(pointOf(reading.points, ref, 'two').document).toBe('two.json')
    expect(() => pointOf(reading.points, ref, 'three')).toThrow('a.json has no checkpoint')
  })
})

test('[F192] a part of another state stands in the view of parts alone', () => {
  const row = {
    status: 'failed',
    health: 'part',
    liveness: 'none',
    supersededBy: null,
    reason: { severity: 'stuck' },
  } as const

  expect(RunView.options.filter((view) => isInView(row, view))).toEqual(['parts'])
  expect(isInView({ ...row, health: 'ok' }, 'parts')).toBe(false)
})

const modifiedAt = '2026-01-03T00:00:00.000Z'

const points: readonly FormatPoint[] = [
  point('now', { kind: 'current' }),
  point('two', { label: 'second', problem: 'no checksum' }),
  point('one', { label: 'first', at: '2026-01-02T00:00:00.000Z' }),
]

const reading = { points } as unknown as FormatReading // only its points are looked at

const set = {
  document: 'now.json',
  item: null,
  files: [{ path: 'two.json', sizeBytes: 1, modifiedAt }],
  texts: new Map(),
}

function point(id: string, parts: Partial<FormatPoint>): FormatPoint {
  return {
    id,
    label: id,
    kind: 'checkpoint',
    document: `${id}.json`,
    item: null,
    at: null,
    problem: null,
    ...parts,
  }
}
