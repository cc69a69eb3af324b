import { expect, test } from 'vitest'
import { maskOf } from '../../../../renderer/state/useMask.ts'

test('[L143] every line of a log is masked, whatever else `map` hands on', () => {
  const lines = ['connecting', 'password=hunter2hunter2', 'done']

  const shown = lines.map(maskOf(false, undefined).text)

  expect([shown[0], shown[2]]).toEqual(['connecting', 'done'])
  expect(shown[1]).not.toContain('hunter2')
  expect(lines.map(maskOf(true, undefined).text)).toEqual(lines)
})
