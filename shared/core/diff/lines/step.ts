import { needsMore } from './textWindow.ts'

/** `on`: it got further. `more`: it will once more of a text is in memory. `unfit`: the lines do not help. */
export type Step = 'on' | 'more' | 'unfit'

/** What a place that is no end says. */
export function stepOf(end: number): Step {
  return end === needsMore ? 'more' : 'unfit'
}
