import type { JsonList } from './jsonShape.ts'

/** Two lists that are equal before `start` and behind the ends. */
export type ListMiddle = {
  readonly before: JsonList
  readonly after: JsonList
  readonly start: number
  readonly beforeEnd: number
  readonly afterEnd: number
}
