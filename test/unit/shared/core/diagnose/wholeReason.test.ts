import { expect, test } from 'vitest'
import { inFull, wholeReason } from '../../../../../shared/core/diagnose/wholeReason.ts'

const exit = { label: 'Exit code', value: '1' }
const last = { label: 'Last change', value: '2 h ago' }

test('[L275] a reason is told in full where it is in its evidence, which then has the rest', () => {
  const short = { sentence: 'It failed: no sp…', evidence: [exit, last], step: 'load' }
  const full = { label: inFull, value: 'It failed: no space left on the disk.' }
  expect(wholeReason({ ...short, evidence: [exit, full, last] })).toEqual({
    ...short,
    sentence: 'It failed: no space left on the disk.',
  })
  expect(wholeReason(short)).toBe(short)
})
