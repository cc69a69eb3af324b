// What looks at everything in turn is several scenarios, which run side by side.

export const parts = [1, 2, 3] as const

/** Of all, every third one, from this part on. */
export function partOf<T>(all: readonly T[], part: (typeof parts)[number]): readonly T[] {
  return all.filter((_, index) => index % parts.length === part - 1)
}
