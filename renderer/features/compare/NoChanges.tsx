import type { CompareQuestion } from '../../state/compareStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

export type NoChangesProps = { readonly question: CompareQuestion; readonly byChance: number }

export function NoChanges({ question, byChance }: NoChangesProps) {
  const { under, kinds } = question
  if (under !== '' || kinds.length > 0) {
    return (
      <EmptyState icon="filter" title="No change fits">
        {under === '' ? 'No change of this kind.' : `Nothing differs at or below ${under}.`}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="check" title="No difference">
      {byChance === 0
        ? 'The two sides hold the same state.'
        : `The two sides hold the same state, but for ${byChance.toLocaleString('en')} ids, times and folders.`}
    </EmptyState>
  )
}
