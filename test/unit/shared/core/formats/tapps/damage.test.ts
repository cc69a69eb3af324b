import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { context, folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const own = `${home}/full-sdlc-20260130-091500-20261121-083138.json`

/** All that a format is asked for. */
function everything(folder: Folder, document: string): void {
  const set = setOf(folder, document)
  const { run } = tapps.read(set, context)
  tapps.repairs(set, context)
  tapps.migrate?.(set, context)
  tapps.resume(set, { from: null }, context)
  tapps.edit(set, [{ op: 'add', path: ['error'], value: '"x"' }], context)
  tapps.toRun(set, { definition: null, commands: {}, id: 'a' }, context)
  tapps.cleanup?.(folder.facts, folder.texts, { olderThanDays: 0, keepLatest: 1 }, context)
  if (run !== null) tapps.fromRun(set, run, context)
}

const small = folderOf('corruptions/orphan-tmp')
const sample = `${home}/wf-20260130-090000-20261121-084051.json`
const bytes = Buffer.from(small.texts.get(sample) ?? '')

test('[F94] a state that is cut at any byte is told', () => {
  for (let end = 0; end < bytes.length; end += 1) {
    const folder = withFiles(small, { [sample]: bytes.toString('utf8', 0, end) })
    expect([end, rulesOf(folder)[0]]).toEqual([end, 'F55'])
  }
})

test('[F94] a state with any bit changed is told, and everything of it can be asked', () => {
  for (let bit = 0; bit < bytes.length * 8; bit += 7) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const folder = withFiles(small, { [sample]: flipped.toString('utf8') })
    const told = rulesOf(folder).filter((rule) => rule !== 'F60')
    expect([bit, told.length > 0]).toEqual([bit, true])
    if (bit % 5 === 0) everything(folder, sample)
  }
})

function rulesOf(folder: Folder): readonly string[] {
  return tapps.read(setOf(folder, sample), context).findings.map(({ rule }) => rule)
}

const strange = [
  '',
  'null',
  '[]',
  '{}',
  '"_checksum"',
  '{"workflow_id": 1, "completed_steps": {"a": 1}, "_checksum": [], "variables": NaN}',
  '{"workflow_id": "__proto__", "completed_steps": ["__proto__", "", "a/b"], "current_step": "constructor", "status": "toString", "_checksum": "x", "variables": {"__proto__": {"a": 1e999}}}',
  `{"workflow_id": "a", "completed_steps": [], "_checksum": "x", "variables": ${'['.repeat(2000)}${']'.repeat(2000)}}`,
  '{"a":'.repeat(10_000),
  '{"step_number": null, "step_output": 1, "workflow_id": []}',
  '{"epic_id": {}, "stories": [1, {"story_id": 7}, null]}',
  '{"agent_id": 1, "checkpoint_time": 2, "artifacts": [1], "checksum": "x"}',
  '{"step_index": 1, "quality_scores": [], "outputs": []}',
  '{"event_type": 1, "workflow_id": 2, "timestamp": 3}\n{"a"\n\n{"seq": "x"}',
]

test.each(strange)('[F94] whatever stands there, nothing is thrown: %#', (odd) => {
  const names = [
    own,
    `${home}/x.json`,
    `${home}/last.json`,
    `${home}/full-sdlc-20260130-091500.meta.json`,
    `${home}/full-sdlc-20260130-091500-execution-plan.json`,
    `${home}/events/full-sdlc-20260130-091500.events.jsonl`,
    'checkpoint.json',
    'a/checkpoints/step1-b.json',
  ]
  for (const name of names) {
    const folder = withFiles(healthy, { [name]: odd })
    expect(() => everything(folder, name)).not.toThrow()
    expect(() => everything(folder, own)).not.toThrow()
  }
})
