import { expect, test } from 'vitest'
import { shownFixes } from '../../../../../renderer/features/repair/shownFixes.ts'
import type { RepairFix } from '../../../../../shared/core/repair/repairPlan.ts'

const mask = { value: (_: string, text: string) => text, text: (text: string) => text, isOn: false }
const cut = fixOf({ id: 'R2@5186', sentence: 'The last line goes.', needs: [] })
const head = fixOf({ id: 'R1', sentence: 'The head is written anew.', needs: [cut.id] })

test('[L237] a fix that is made only together with another says what that one does, and no id', () => {
  const needs = shownFixes([cut, head], mask).map((fix) => fix.needs)
  expect(needs).toEqual([[], [cut.sentence]])
})

test('[L238] what was rejected is shown so before the plan is made again', () => {
  const accepted = (asked: readonly string[] | null) =>
    shownFixes([cut, head], mask, asked).map((fix) => fix.accepted)
  expect([accepted(null), accepted([cut.id])]).toEqual([
    [true, true],
    [false, true],
  ])
})

function fixOf(what: Pick<RepairFix, 'id' | 'sentence' | 'needs'>): RepairFix {
  return {
    ...what,
    rule: 'R1',
    file: 'journal',
    offset: null,
    line: 14,
    column: null,
    pointer: null,
    confidence: 'certain',
    accepted: true,
    reason: null,
  }
}
