import { expect, test } from 'vitest'
import { secretRulesOf } from '../../../../renderer/state/secretRulesOf.ts'
import { maskOf } from '../../../../renderer/state/useMask.ts'

test('[L143] every line of a log is masked, whatever else `map` hands on', () => {
  const lines = ['connecting', 'password=hunter2hunter2', 'done']

  const shown = lines.map(maskOf(false, undefined).text)

  expect([shown[0], shown[2]]).toEqual(['connecting', 'done'])
  expect(shown[1]).not.toContain('hunter2')
  expect(lines.map(maskOf(true, undefined).text)).toEqual(lines)
})

test('[E217] a value that fits a pattern of the settings is masked on the screens, as in exports', async () => {
  const redaction = { keys: ['*badge*'], values: ['EMP-[0-9]{4}'], paths: [] }
  const mask = maskOf(false, await secretRulesOf(redaction))

  expect(mask.text('sent to EMP-1234 and EMP-12')).toBe('sent to •••••• and EMP-12')
  expect(mask.value('/inputs/who', '"EMP-4321"')).not.toContain('4321')
  expect(mask.value('/inputs/badgeOf', '"front door"')).not.toContain('front')
})
