import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listFiles, readSources, readText, root } from './source.ts'

const folders = ['shared', 'electron', 'renderer', 'test', 'build', 'docs']
const texts = folders.flatMap((folder) => listFiles(folder, /\.(tsx?|mjs|md|css|html|json|ya?ml)$/))

describe('nothing outside the repository', () => {
  test('no import leaves it, and every import of our own finds its file', () => {
    const wrong = readSources(['shared', 'electron', 'renderer', 'test', 'build']).flatMap(
      ({ path, imports }) =>
        imports
          .filter(({ target }) => target.startsWith('..') || isMissing(target))
          .map(({ target, line }) => `${path}:${line} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('no text names the folder that this copy lies in', () => {
    const own = root.replace(/[/\\]$/, '')
    const wrong = texts.filter(
      (path) => !path.startsWith('test/fixtures/') && readText(path).includes(own),
    )
    expect(wrong).toEqual([])
  })

  test('each link in the documents leads to a file of the repository', () => {
    const wrong = ['README.md', ...listFiles('docs', /\.md$/)]
      .filter((path) => existsSync(join(root, path)))
      .flatMap((path) => linksIn(path).filter((link) => !existsSync(join(root, link))))
    expect(wrong).toEqual([])
  })
})

function isMissing(target: string): boolean {
  const isOurs = folders.some((folder) => target.startsWith(`${folder}/`))
  return isOurs && !existsSync(join(root, target.replace(/\?.*$/, '')))
}

/** Paths from the root; addresses and anchors are left out. */
function linksIn(path: string): readonly string[] {
  return [...readText(path).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^([a-z]+:|#)/.test(link))
    .map((link) => posix.join(dirname(path), link.replace(/#.*$/, '')))
}
