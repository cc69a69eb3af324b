/** What a part of a package may take, in kB: what it took when this was last looked at, and about a tenth more. */
export const budgets = {
  'main process and its threads': 5_150,
  'preload script': 2,
  screens: 2_000,
  'app.asar as a whole': 7_200,
  'command line beside it': 6_900,
  'npm package, packed': 2_750,
  'npm package, unpacked': 9_900,
} as const

export type Part = keyof typeof budgets
