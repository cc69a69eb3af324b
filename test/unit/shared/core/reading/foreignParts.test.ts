import { expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { readRun } from '../../../../../shared/core/reading/readRun.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import { began, born, journalOf, readingOf, sampleRun, sha256, started } from '../run/sampleRun.ts'

const { id } = sampleRun()
const other = RunId.parse('other-20260102t030405-zz99')
const head = { text: encodeHead(sampleRun(), sha256) }
const journal = readingOf(journalOf(born(), started))

function read(given: Partial<Parameters<typeof readRun>[0]>) {
  const { run, source, health, findings } = readRun({ head, journal, ...given }, sha256)
  return { id: run?.id ?? null, source, health, rules: findings.map(({ rule }) => rule) }
}

test('[I37] a head or journal that lies at its place is its own', () => {
  expect(read({ id })).toEqual({ id, source: 'both', health: 'ok', rules: [] })
  expect(read({ id, head: null }).source).toBe('journal')
  expect(read({ id, head: { text: '{"format": 1' } })).toMatchObject({
    id,
    source: 'journal',
    health: 'damaged',
  })
})

test('[I37] where both are of another run nothing is known of this one', () => {
  expect(read({ id: other })).toMatchObject({ id: null, source: 'none', rules: ['I37', 'I37'] })
})

test('[I37] a journal of another run leaves the head as it is', () => {
  const stranger = readingOf(journalOf({ type: 'keyframe', run: { ...sampleRun(), id: other } }))
  expect(read({ id, journal: stranger })).toMatchObject({ id, source: 'head', rules: ['I37'] })
})

test('[J25] a journal whose start is lost rebuilds nothing, and the head stands', () => {
  const headless = readingOf(journalOf(born(), started, began('build')).slice(1))
  expect(read({ id, head: null, journal: headless })).toMatchObject({
    id: null,
    rules: ['J24', 'J25'],
  })
})

test('[J23] a head that is ahead of an empty journal says which records are lost', () => {
  const ahead = { text: encodeHead({ ...sampleRun(), journal: { seq: 3, sum: 'x' } }, sha256) }
  const { findings } = readRun({ id, head: ahead, journal: readingOf([]) }, sha256)
  expect(findings).toMatchObject([
    {
      rule: 'J23',
      offset: 0,
      line: 1,
      sentence: expect.stringContaining('ends at record 0, but the head contains records up to 3'),
    },
  ])
})
