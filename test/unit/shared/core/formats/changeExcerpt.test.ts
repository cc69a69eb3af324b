import { expect, test } from 'vitest'
import { changeExcerpt } from '../../../../../shared/core/formats/changeExcerpt.ts'

const lines = Array.from({ length: 40 }, (_line, index) => `line ${index + 1}\n`)
const text = lines.join('')

test('[F210] shows the lines that differ, with three around them', () => {
  const after = text.replace('line 20\n', 'twenty\nand more\n')

  expect(changeExcerpt(text, after)).toEqual({
    before: lines.slice(16, 23).join(''),
    after:
      text.replace('line 20\n', 'twenty\nand more\n').split('\n').slice(16, 24).join('\n') + '\n',
    line: 17,
    truncated: false,
  })
})

test('[F210] shows the start and the end of a file whole', () => {
  expect(changeExcerpt('a\nb\n', 'x\nb\n')).toMatchObject({
    before: 'a\nb\n',
    after: 'x\nb\n',
    line: 1,
  })
  expect(changeExcerpt('a', 'ab')).toMatchObject({ before: 'a', after: 'ab', line: 1 })
  expect(changeExcerpt(null, 'new\n')).toMatchObject({ before: null, after: 'new\n' })
  expect(changeExcerpt('old\n', null)).toMatchObject({ before: 'old\n', after: null })
})

test('[F210] of a document on one line shows the part around the difference', () => {
  const long = `{${'"key": 1, '.repeat(2000)}"status": "failed"}`

  const { before, after, truncated } = changeExcerpt(long, long.replace('failed', 'paused'))

  expect(before).toContain('"status": "failed"')
  expect(after).toContain('"status": "paused"')
  expect(before?.length).toBeLessThan(2000)
  expect(truncated).toBe(false)
})

test('[F210] says that more is left out', () => {
  const { before, truncated } = changeExcerpt(text.repeat(100), '')

  expect(before?.length).toBe(8000)
  expect(truncated).toBe(true)
})
