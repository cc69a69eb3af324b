import { expect, test } from 'vitest'
import { saidOf } from './saidOf.ts'
import { saidOfSituations } from './saidOfSituations.ts'
import { situations } from './situations.ts'

test.each(situations.map((situation) => [situation.name, situation] as const))(
  '[F22] [F23] [F24] [F25] [F26] [F27] [F28] [F29] [F30] [F31] [F32] [F33] [F34] [F35] [F38] [F40] %s',
  (name, situation) => {
    expect(saidOf(situation)).toEqual(saidOfSituations[name])
  },
)
