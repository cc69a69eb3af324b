import type { LeftUnit, Section } from './section.ts'
import type { Kind } from './textWindow.ts'

export type SideName = 'before' | 'after'

/** A section that is still walked. */
export type OpenSection = Section & {
  readonly gone: (LeftUnit | Section)[]
  readonly come: LeftUnit[]
  readonly runs: number[]
  readonly lengths: { before: number; after: number }
  /** Nothing of much was alike: what stands side by side is compared at once. */
  isAligned: boolean
}

export function createSection(kind: Kind, key: string): OpenSection {
  return {
    kind,
    key,
    gone: [],
    come: [],
    runs: [],
    lengths: { before: 0, after: 0 },
    isAligned: false,
  }
}

/** The next unit of both sides is the same. */
export function addEqual({ runs, lengths }: OpenSection): void {
  const last = runs.length - 3
  const [from = 0, to = 0, count = 0] = last < 0 ? [] : [runs[last], runs[last + 1], runs[last + 2]]
  const isNext = from + count === lengths.before && to + count === lengths.after
  if (last >= 0 && isNext) runs[last + 2] = count + 1
  else runs.push(lengths.before, lengths.after, 1)
  lengths.before += 1
  lengths.after += 1
}

/** The next unit of one side has no equal one in its place. */
export function addLeft(section: OpenSection, side: SideName, text: string): void {
  const unit = { index: section.lengths[side], text }
  section.lengths[side] += 1
  if (side === 'before') section.gone.push(unit)
  else section.come.push(unit)
}
