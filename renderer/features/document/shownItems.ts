import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import type { Mask } from '../../state/useMask.ts'
import type { ShownFix } from '../../ui/FixItem.tsx'

type Item = NonNullable<DocumentPlan['items']>[number]

/** What is set right in a damaged document, item by item, as fixes are listed. */
export function shownItems(items: readonly Item[], mask: Mask): readonly ShownFix[] {
  return items.map((item) => ({
    id: item.id,
    sentence: mask.text(item.sentence),
    place: placeOf(item),
    confidence: item.confidence,
    accepted: item.isAccepted,
    isChoice: item.isChoice,
    reason: null,
    needs: [],
  }))
}

function placeOf({ line, column, pointer }: Item): string {
  const place = `line ${line}, column ${column}`
  return pointer === null || pointer === '' ? place : `${place} · ${pointer}`
}
