import { describe, expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { checkRecords } from '../../../../../shared/core/integrity/checkRecords.ts'
import { readRun } from '../../../../../shared/core/reading/readRun.ts'
import { runFindings } from '../../../../../shared/core/reading/runFindings.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import * as sample from '../run/sampleRun.ts'

const { began, born, journalOf, readingOf, recordOf, sha256, started, succeeded } = sample

const edited = {
  type: 'edited',
  patch: [{ op: 'replace', path: '/steps/build/attempts/0/number', value: 7 }],
  by: 'ada',
  reason: null,
}

function findingsOf(bodies: readonly object[], headSeq: number) {
  const records = journalOf(...bodies)
  const run = replay(records, { untilSeq: headSeq })
  const head = run === null ? null : { text: encodeHead(run, sha256) }
  const stored = { head, journal: readingOf(records) }
  return runFindings(stored, readRun(stored, sha256))
}

function rulesOf(bodies: readonly object[]) {
  return checkRecords(readingOf(journalOf(...bodies)).records).map(({ rule }) => rule)
}

describe('runFindings', () => {
  const bodies = [born(), started, began('build'), edited]

  test('[I84] a value that a record behind the head made is placed at that record', () => {
    expect(findingsOf(bodies, 3)).toMatchObject([
      { rule: 'I9', file: 'journal', line: 4, offset: 300, pointer: '/patch' },
    ])
    expect(findingsOf(bodies, 3)[0]?.state).toBe('/steps/build/attempts/0/number')
  })

  test('[I84] a value of the head is placed in the head', () => {
    const [finding] = findingsOf(bodies, 4)
    expect(finding).toMatchObject({
      rule: 'I9',
      file: 'head',
      pointer: '/run/steps/build/attempts/0/number',
    })
    expect(finding?.offset).toBeGreaterThan(0)
  })

  test('[I84] later records about something else leave it in the head', () => {
    const more = [...bodies, { type: 'variableSet', name: 'x', value: 1 }]
    expect(findingsOf(more, 4)).toMatchObject([{ rule: 'I9', file: 'head' }])
  })
})

describe('checkRecords', () => {
  test('[I86] what an edit may have changed is held against nothing', () => {
    const twice = [born(), started, began('build'), succeeded('build', 1), began('build')]
    expect(rulesOf(twice)).toEqual(['I63'])
    expect(rulesOf([...twice.slice(0, 4), edited, began('build')])).toEqual([])
  })

  test('[I86] a step that is reset begins again', () => {
    const resumed = { type: 'runResumed', by: 'ada', reason: null, reset: ['build'] }
    const again = { ...began('build'), attempt: 2 }
    expect(
      rulesOf([born(), started, began('build'), succeeded('build', 1), resumed, again]),
    ).toEqual([])
  })

  test('[I86] behind a gap nothing is known', () => {
    const records = [
      ...journalOf(born(), started, began('build'), succeeded('build', 1)),
      recordOf(began('build'), 9),
    ]
    expect(checkRecords(readingOf(records).records)).toEqual([])
  })
})
