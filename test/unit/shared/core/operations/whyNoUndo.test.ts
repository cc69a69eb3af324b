import { expect, test } from 'vitest'
import {
  operationCalls,
  operationWords,
} from '../../../../../shared/core/operations/operationWords.ts'
import { whyNoUndo } from '../../../../../shared/core/operations/whyNoUndo.ts'

const entry = { call: 'edit.apply', state: 'done', undoneBy: null } as const
const undo = { call: 'edit.undo', input: {} } as const

test.each([
  [{ ...entry, state: 'failed' } as const, 'It failed, so there is nothing to take back.'],
  [{ ...entry, state: 'unfinished' } as const, 'Its end was not seen. Look at the run itself.'],
  [{ ...entry, undoneBy: 'op-2' }, 'It was taken back already, by operation op-2.'],
  [{ ...entry, call: 'run.retry' }, 'The attempt was made.'],
  [{ ...entry, call: 'of.another.version' }, 'It cannot be taken back from here.'],
])('[X81] %j says why it is not taken back', (given, why) => {
  expect(whyNoUndo(given)).toBe(why)
})

test('[X81] what its end names a call for can be taken back', () => {
  expect(whyNoUndo({ ...entry, undo: undo as never })).toBeNull()
})

test('[X84] a call has words, and one of a later version its own name', () => {
  expect(operationWords('run.start')).toBe('Start')
  expect(operationWords('of.another.version')).toBe('of.another.version')
  const words = operationCalls.map(operationWords)
  expect(operationCalls.filter((call) => !/^[a-z]+(?:\.[a-z]+)+$/.test(call))).toEqual([])
  expect(words.filter((text) => !/^[A-Z].{3,}$/.test(text))).toEqual([])
  expect(new Set(words).size).toBe(operationCalls.length)
  expect(operationCalls).toHaveLength(45)
})

test('[X81] what is not taken back says what to do instead, in a sentence of its own', () => {
  const general = 'It cannot be taken back from here.'
  const said = operationCalls.map((call) => [call, whyNoUndo({ ...entry, call }) ?? ''] as const)

  expect(said.filter(([, why]) => !/^[A-Z].+\.$/.test(why))).toEqual([])
  const takenBack =
    /^(?:run\.(?:un)?archive|run\.annotate|error\.decide|.*\.apply|.*\.set|(?:repair|document)\.undo|bundle\.import|document\.(?:edit|repair|migrate|map|cleanup))$/
  const own = said.filter(
    ([call]) => call === 'resume.apply' || call === 'purge.apply' || !takenBack.test(call),
  )
  expect(own.flatMap(([call, why]) => (why === general ? call : []))).toEqual([])
})
