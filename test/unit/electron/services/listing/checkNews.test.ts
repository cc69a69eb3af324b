import { expect, test } from 'vitest'
import { createCheckNews } from '../../../../../electron/services/listing/checkNews.ts'

test('[E41] the first rows that turn out to be others are told of within a second, later ones together', () => {
  let nowMs = 0
  const told: { readonly atMs: number; readonly runs: readonly string[] }[] = []
  const news = createCheckNews(
    (runs) => told.push({ atMs: nowMs, runs }),
    () => nowMs,
  )
  const added: string[] = []
  for (nowMs = 100; nowMs <= 60_000; nowMs += 100) {
    added.push(`run-${nowMs}`)
    news.add(`run-${nowMs}`)
  }
  news.tell()
  news.tell()

  const moments = told.map(({ atMs }) => atMs)
  expect(moments).toEqual([1100, 3200, 7300, 15_400, 30_500, 45_600, 60_100])
  expect(told.flatMap(({ runs }) => runs)).toEqual(added)
})
