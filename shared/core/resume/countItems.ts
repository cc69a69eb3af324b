import type { ResumeInput } from './resumeInput.ts'
import type { ResumeStep } from './resumePlan.ts'
import { itemsOf } from './itemsOf.ts'

/** [S34] The row of a step that goes on with its items tells how many of them are done, and what becomes of the others. */
export function countItems(input: ResumeInput, rows: readonly ResumeStep[]): readonly ResumeStep[] {
  const items = itemsOf(input.run)
  const actions = new Map(rows.map(({ step, action }) => [step, action]))
  return rows.map((row) => {
    if (row.rule !== 'S34') return row
    const own = (items.get(row.step) ?? []).map((step) => actions.get(step) ?? 'run')
    const parts = words.flatMap(({ word, of }) => {
      const count = own.filter((action) => of.includes(action)).length
      return count === 0 ? [] : [`${count} ${word}`]
    })
    const reason = `${row.step} goes on with its ${own.length} items: ${parts.join(', ')}.`
    return { ...row, reason }
  })
}

const words: readonly { readonly word: string; readonly of: readonly ResumeStep['action'][] }[] = [
  { word: 'reused', of: ['reuse', 'adopt', 'skip'] },
  { word: 'to run', of: ['run', 'await'] },
  { word: 'to be decided', of: ['ask'] },
  { word: 'blocked', of: ['blocked'] },
]
