import { expect, test } from 'vitest'
import { firstUnreadable } from '../../../../../renderer/features/run/firstUnreadable.ts'
import { hexDump } from '../../../../../renderer/features/run/hexDump.ts'

test('[L59] rows of sixteen bytes, with their place and their letters', () => {
  const hex = Buffer.from('{"status":"ok\u0000é"}!', 'utf8').toString('hex')
  expect(hexDump(hex, 32).split('\n')).toEqual([
    '00000020  7b 22 73 74 61 74 75 73  22 3a 22 6f 6b 00 c3 a9  {"status":"ok···',
    '00000030  22 7d 21                                          "}!',
  ])
  expect(hexDump('', 0)).toBe('')
})

test('[L59] the first byte that is no text is found', () => {
  expect(firstUnreadable('é\n�')).toBe(3)
  expect(firstUnreadable('fine')).toBeNull()
})
