import type { RepairFix } from '../../../shared/core/repair/repairPlan.ts'
import type { Mask } from '../../state/useMask.ts'
import type { ShownFix } from '../../ui/FixItem.tsx'

/** Fixes as they are listed, each with its place in words. */
export function shownFixes(fixes: readonly RepairFix[], mask: Mask): readonly ShownFix[] {
  return fixes.map((fix) => ({
    id: fix.id,
    sentence: mask.text(fix.sentence),
    place: placeOf(fix),
    confidence: fix.confidence,
    accepted: fix.accepted,
    isChoice: true,
    reason: fix.reason === null ? null : mask.text(fix.reason),
    needs: fix.needs,
  }))
}

function placeOf({ file, line, column, offset, pointer }: RepairFix): string {
  const parts = [
    file,
    line === null ? null : `line ${line}${column === null ? '' : `, column ${column}`}`,
    line === null && offset !== null ? `byte ${offset}` : null,
    pointer,
  ]
  return parts.filter((part) => part !== null && part !== '').join(' · ')
}
