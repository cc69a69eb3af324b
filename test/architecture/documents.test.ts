import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles, readText, root } from './source.ts'

const documents = ['README.md', 'CONTRIBUTING.md', ...listFiles('docs', /\.md$/)]

test('every link and picture of the documents leads to a file', () => {
  const links = documents.flatMap((document) =>
    [...readText(document).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => ({
      document,
      target,
    })),
  )
  const ours = links.filter(isOurs)
  expect(ours.length).toBeGreaterThan(5)
  expect(
    ours.filter(({ document, target }) => !existsSync(join(root, dirname(document), target))),
  ).toEqual([])
})

test('every picture of the documents is in one of them', () => {
  const shown = documents.map(readText).join('\n')
  const pictures = listFiles('docs/pictures', /\.png$/)
  const forgotten = pictures.filter((path) => !shown.includes(path.replace(/^docs\//, '')))
  expect(forgotten).toEqual([])
})

function isOurs({ target }: { readonly target: string }): boolean {
  return !/^[a-z]+:/.test(target)
}
