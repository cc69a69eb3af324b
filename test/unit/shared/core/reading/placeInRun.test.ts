import { describe, expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import type { Finding } from '../../../../../shared/core/integrity/finding.ts'
import { placeInRun } from '../../../../../shared/core/reading/runFindings.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import * as sample from '../run/sampleRun.ts'

const { began, born, checkpoint, failed, journalOf, readingOf, sha256, started } = sample

const said = { by: 'ada', reason: null }
const noEdit = { op: 'add', path: '/annotations/tags', value: [] }

/** Records 1 to 4 are in the head; each of the others makes something of its own. */
const records = journalOf(
  born(),
  started,
  began('build'),
  checkpoint('in-head'),
  { type: 'decision', step: 'build', decision: 'rerun', ...said },
  checkpoint('first', 'build'),
  failed('build'),
  { type: 'decision', step: 'test', decision: 'skip', ...said },
  checkpoint('second'),
  { type: 'runResumed', reset: ['deploy'], ...said },
  { type: 'runFailed', error: { name: 'E', message: 'm', code: null, stack: null } },
  { type: 'variableSet', name: 'steps', value: 1 },
  { type: 'ofTomorrow', step: 'build' },
)
const run = replay(records) ?? sample.sampleRun()
const headAt = (seq: number) => ({
  text: encodeHead(replay(records, { untilSeq: seq }) ?? run, sha256),
})

function findingAt(pointer: string | null): Finding {
  const nowhere = { offset: null, line: null, column: null, remedy: null }
  return { rule: 'I1', severity: 'error', sentence: 'Wrong.', file: 'head', pointer, ...nowhere }
}

function placeOf(pointer: string | null, bodies = records, headSeq: number | null = 4) {
  const head = headSeq === null ? null : headAt(headSeq)
  const journal = readingOf(bodies)
  return placeInRun([findingAt(pointer)], { run, head, journal })[0]
}

describe('placeInRun', () => {
  test.each([
    ['/checkpoints/1/at', 6, '/step'],
    ['/checkpoints/2/at', 9, '/step'],
    ['/decisions/0/seq', 5, '/step'],
    ['/decisions/1/seq', 8, '/step'],
    ['/steps/build/attempts/0', 7, '/step'],
    ['/steps/test/status', 8, '/step'],
    ['/steps/deploy/status', 10, '/type'],
    ['/status', 11, '/type'],
    ['/startedAt', 11, '/type'],
    ['/updatedAt', 11, '/type'],
    ['/finishedAt', 11, '/type'],
    ['/error', 11, '/type'],
  ])('[I84] %s is placed at record %i, which made it', (pointer, line, within) => {
    expect(placeOf(pointer)).toEqual({
      ...findingAt(within),
      file: 'journal',
      offset: (line - 1) * 100,
      line,
      column: 1,
      state: pointer,
    })
  })

  test.each(['/checkpoints/0/at', '/checkpoints/7', '/steps/notify/status', '/inputs/target', ''])(
    '[I84] what no record behind the head made is placed in the head: "%s"',
    (pointer) => {
      expect(placeOf(pointer)).toMatchObject({
        file: 'head',
        pointer: `/run${pointer}`,
        state: pointer,
      })
    },
  )

  test('[I84] a finding about the whole run is placed where the run begins', () => {
    const { text } = headAt(4)
    const index = text.indexOf('"run":') + '"run":'.length
    const offset = text.charAt(index) === ' ' ? index + 1 : index
    expect(placeOf(null)).toMatchObject({ file: 'head', pointer: '/run', state: '', offset })
  })

  test.each([
    ['an edit', { type: 'edited', patch: [noEdit], ...said }, '/patch'],
    ['a whole state', { type: 'keyframe', run }, '/run/steps/build/status'],
    ['a new run', born(), '/run/steps/build/status'],
  ])('[I84] %s behind the head may have made anything', (_name, body, pointer) => {
    const bodies = [...records, sample.recordOf(body, 14)]
    expect(placeOf('/steps/build/status', bodies)).toMatchObject({
      file: 'journal',
      line: 14,
      pointer,
    })
  })

  test('[I84] without a head every record counts, and what none made has no place', () => {
    expect(placeOf('/checkpoints/0/at', records, null)).toMatchObject({ file: 'journal', line: 4 })
    const alone = { run, head: null, journal: readingOf(records.slice(1)) }
    expect(placeInRun([findingAt('/inputs')], alone)).toEqual([
      { ...findingAt('/run/inputs'), state: '/inputs' },
    ])
  })

  test('[I84] with a head that cannot be read every record counts', () => {
    const head = { problem: 'byte 0xff', offset: 12 }
    const found = placeInRun([findingAt('/checkpoints/0')], {
      run,
      head,
      journal: readingOf(records),
    })
    expect(found).toMatchObject([{ file: 'journal', line: 4 }])
  })

  test('[I84] with a text that names no record every record counts', () => {
    const head = { text: '{"run":{"inputs":{}}}' }
    const journal = readingOf(records)
    expect(placeInRun([findingAt('/steps/build/status')], { run, head, journal })).toMatchObject([
      { file: 'journal', line: 7 },
    ])
  })

  test('[I84] a head that contains every record has them all, whatever they made', () => {
    const journal = readingOf(records)
    const head = headAt(13)
    expect(placeInRun([findingAt('/status')], { run, head, journal })).toMatchObject([
      { file: 'head', pointer: '/run/status' },
    ])
  })

  test('[I84] many findings keep their order', () => {
    const pointers = ['/inputs', '/status', '/name', '/steps/build']
    const findings = pointers.map(findingAt)
    const found = placeInRun(findings, { run, head: headAt(4), journal: readingOf(records) })
    expect(found.map(({ file, state }) => [file, state])).toEqual([
      ['head', '/inputs'],
      ['journal', '/status'],
      ['head', '/name'],
      ['journal', '/steps/build'],
    ])
  })
})
