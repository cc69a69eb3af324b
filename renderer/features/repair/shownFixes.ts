import type { RepairFix } from '../../../shared/core/repair/repairPlan.ts'
import type { Mask } from '../../state/useMask.ts'
import type { ShownFix } from '../../ui/FixItem.tsx'

/**
 * Fixes as they are listed, each with its place in words. `asked` is what was rejected since the plan was made: a tick follows
 * the press, and not the next plan.
 */
export function shownFixes(
  fixes: readonly RepairFix[],
  mask: Mask,
  asked: readonly string[] | null = null,
): readonly ShownFix[] {
  const sentenceOf = (id: string) => mask.text(fixes.find((fix) => fix.id === id)?.sentence ?? id)
  return fixes.map((fix) => ({
    id: fix.id,
    sentence: mask.text(fix.sentence),
    place: placeOf(fix),
    confidence: fix.confidence,
    accepted: asked === null ? fix.accepted : !asked.includes(fix.id),
    isChoice: true,
    reason: fix.reason === null ? null : mask.text(fix.reason),
    needs: fix.needs.map(sentenceOf),
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
