import { expect, test } from 'vitest'
import { ruleScopes } from '../../../../../shared/core/integrity/ruleRow.ts'
import { ruleTable } from '../../../../../shared/core/integrity/ruleTable.ts'

const isSentence = (text: string) => /^[A-Z].*\.$/.test(text)

test('[I24] each rule has an id of its own, says what holds and what to do, how bad it is and what it is about', () => {
  expect(new Set(ruleTable.map(({ id }) => id)).size).toBe(ruleTable.length)
  const odd = ruleTable.filter(
    ({ id, sentence, remedy, severity, scope }) =>
      !/^[A-Z]\d+$/.test(id) ||
      !isSentence(sentence) ||
      (remedy !== null && !isSentence(remedy)) ||
      !['error', 'warning', 'info'].includes(severity) ||
      !ruleScopes.includes(scope),
  )
  expect(odd).toEqual([])
})
