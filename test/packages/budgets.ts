/** What a part of a package may take, in kB: what it took when this was last looked at, and about a tenth more. */
export const budgets = {
  'main process': 4_850,
  'threads of the main process': 6_900,
  'preload script': 2,
  screens: 1_850,
  'app.asar as a whole': 13_500,
  'command line beside it': 13_600,
  'npm package, packed': 4_750,
  'npm package, unpacked': 18_100,
} as const

export type Part = keyof typeof budgets
