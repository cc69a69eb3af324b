import { expect, test } from 'vitest'
import { folderOf, home, setOf } from './tappsSet.ts'
import { toldOf } from './toldOf.ts'
import { toldOfDamage } from './toldOfDamage.ts'
import { toldOfSamples } from './toldOfSamples.ts'

const all = { ...toldOfSamples, ...toldOfDamage }

test.each(Object.entries(all))(
  '[F50] [F51] [F52] [F70] [F83] [F88] all that is told of %s',
  (name, told) => {
    const [folder = '', document = ''] = name.split(' ')
    expect(toldOf(setOf(folderOf(folder), document.replace('~', home)))).toEqual(told)
  },
)
