import { expect, it } from 'vitest'
import { documents } from './documents.ts'
import { engineDocuments } from './engines.ts'
import { read, toldOf } from './toldOf.ts'
import { toldOfDocuments } from './toldOfDocuments.ts'
import { toldOfEngines } from './toldOfEngines.ts'

it.each(engineDocuments)('[F240] [F241] [F242] all that is told of $engine', (one) => {
  const told = toldOf(read(JSON.stringify(one.document, null, 2)))
  expect(told).toEqual(toldOfEngines[one.engine])
})

it.each(Object.entries(documents))('[F240] [F241] [F320] [F321] [F322] %s', (name, document) => {
  expect(toldOf(read(JSON.stringify(document)))).toEqual(toldOfDocuments[name])
})

it.each([...engineDocuments.map(({ document }) => document), ...Object.values(documents)])(
  '[F367] a run is not made after it began, changed or ended: %#',
  (document) => {
    const { run } = read(JSON.stringify(document))
    const { createdAt = '', startedAt, updatedAt, finishedAt } = run ?? {}
    const others = [startedAt, updatedAt, finishedAt].map((at) => at ?? createdAt)
    expect(others.filter((at) => at < createdAt)).toEqual([])
  },
)
