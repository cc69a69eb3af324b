import type { MendedLine } from './CodeLine.tsx'
import type { ShownFix } from './FixItem.tsx'

type Placed = { readonly fix: string; readonly line: number }

/** By line what was set right in it; the first fix of a line stands for the others. */
export function mendedLines(
  places: readonly Placed[],
  fixes: readonly ShownFix[],
  onChoose: (fix: string) => void,
): ReadonlyMap<number, MendedLine> {
  const lines = new Map<number, MendedLine>()
  for (const { fix: id, line } of places) {
    const fix = fixes.find((one) => one.id === id)
    if (fix === undefined || !fix.accepted || lines.has(line)) continue
    lines.set(line, { title: fix.sentence, onChoose: () => onChoose(id) })
  }
  return lines
}
