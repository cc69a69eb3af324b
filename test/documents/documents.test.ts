import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../electron/cli/commands.ts'
import { globalOptions, parse } from '../../electron/cli/parse.ts'
import { listFiles, readText, root } from '../architecture/source.ts'
import { rows } from '../bench/rows.ts'
import { anchor } from './markdown.ts'

const documents = ['README.md', 'CONTRIBUTING.md', ...listFiles('docs', /\.md$/)]

const links = documents.flatMap((document) =>
  [...withoutCode(readText(document)).matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
    .map(([, target = '']) => ({ document, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target)),
)

test('every link and picture of the documents leads to a file', () => {
  expect(links.length).toBeGreaterThan(5)
  const lost = links.filter(({ document, target }) => {
    const [file = ''] = target.split('#')
    return !existsSync(join(root, file === '' ? document : join(dirname(document), file)))
  })
  expect(lost).toEqual([])
})

test('every link to a part of a document leads to a heading', () => {
  const parts = links.filter(({ target }) => target.includes('#'))
  expect(parts.length).toBeGreaterThan(50)
  const lost = parts.filter(({ document, target }) => {
    const [file = '', part = ''] = target.split('#')
    const path = file === '' ? document : posix.join(posix.dirname(document), file)
    return !anchorsOf(path).has(part)
  })
  expect(lost).toEqual([])
})

test('every picture of the documents is in one of them', () => {
  const shown = documents.map(readText).join('\n')
  const pictures = listFiles('docs/pictures', /\.png$/)
  const forgotten = pictures.filter((path) => !shown.includes(path.replace(/^docs\//, '')))
  expect(forgotten).toEqual([])
})

test('every command line of the documents is one that the program takes', () => {
  const lines = documents.flatMap((document) =>
    commandLines(readText(document)).map((line) => ({ document, line })),
  )
  expect(lines.length).toBeGreaterThan(50)
  expect(lines.flatMap(({ document, line }) => problemOf(document, line))).toEqual([])
})

test('every option that the documents name beside its command exists', () => {
  const spans = documents.flatMap((document) =>
    [...withoutBlocks(readText(document)).matchAll(/`((?:unstuck )?[a-z]+ [^`]*--[^`]+)`/g)].map(
      ([, span = '']) => ({ document, words: span.replace(/^unstuck /, '').split(/\s+/) }),
    ),
  )
  const named = spans.flatMap(({ document, words: [name, ...words] }) => {
    const command = commands.find((one) => one.name === name)
    if (command === undefined) return []
    const options = words.flatMap((word) => /^--([a-z-]+)/.exec(word)?.[1] ?? [])
    return options.map((option) => ({ document, command, option }))
  })
  expect(named.length).toBeGreaterThan(20)
  const wrong = named.filter(
    ({ command, option }) => !(option in command.options) && !(option in globalOptions),
  )
  expect(wrong.map(({ document, command, option }) => [document, command.name, option])).toEqual([])
})

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '')
}

function withoutCode(text: string): string {
  return withoutBlocks(text).replaceAll(/`[^`\n]*`/g, '')
}

function anchorsOf(path: string): ReadonlySet<string> {
  const headings = [...withoutBlocks(readText(path)).matchAll(/^#+ (.*)$/gm)]
  return new Set(headings.map(([, heading = '']) => anchor(heading)))
}

/** What stands behind the name of the program in blocks of code; not where words stand for others. */
function commandLines(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)]
  return blocks
    .flatMap(([, block = '']) => block.split('\n'))
    .flatMap((line) => /^(?:npx |npm run --silent )?unstuck (?:-- )?(.+)$/.exec(line)?.[1] ?? [])
    .filter((line) => !/[…[{(]|\bCOMMAND\b|^-|\w\|/.test(line))
    .map((line) => line.replace(/\s+(#|\||>|&&).*$/, ''))
}

function problemOf(document: string, line: string): readonly string[] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  )
  try {
    const { command } = parse(words, commands)
    return command === null ? [`${document}: ${line}: no command`] : []
  } catch (error) {
    return [`${document}: ${line}: ${String(error)}`]
  }
}

test('the page of measurements has every row of the bench, and no other', () => {
  const ids = [...readText('docs/bench.md').matchAll(/^\| `([a-z0-9-]+)` +\|/gm)].map(
    ([, id]) => id,
  )
  expect(ids).toEqual(rows.map(({ id }) => id))
})
