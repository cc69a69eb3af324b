import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listFiles, readSources, root, type Name } from './source.ts'

/** Names that make a result depend on more than the arguments, or reach outside. */
const impure = new Set([
  'Math.random',
  'process',
  'console',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'crypto',
  'globalThis',
])
const pureDates = new Set(['Date.parse', 'Date.UTC', 'new Date(…)'])
const platform = new Set(['window', 'document', 'navigator', 'localStorage', 'Buffer', 'require'])

describe('purity', () => {
  test('the core reads no clock, no randomness and no environment, and prints nothing', () => {
    const wrong = uses('shared/core', ({ name }) => isImpure(name))
    expect(wrong).toEqual([])
  })

  test('shared code names nothing of Node or of the browser', () => {
    const wrong = uses('shared', ({ name }) => platform.has(name.split('.')[0] ?? ''))
    expect(wrong).toEqual([])
  })

  test('only the application room imports electron', () => {
    const wrong = readSources(['shared', 'electron', 'renderer'])
      .filter(({ path }) => !path.startsWith('electron/app/'))
      .filter(({ imports }) =>
        imports.some(({ target }) => /^electron(\/(main|renderer|common))?$/.test(target)),
      )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('style sheets load nothing from elsewhere and force nothing', () => {
    const wrong = listFiles('renderer', /\.css$/).filter((path) =>
      /!important|@import|url\(\s*['"]?(https?:)?\/\//.test(readFileSync(join(root, path), 'utf8')),
    )
    expect(wrong).toEqual([])
  })
})

function isImpure(name: string): boolean {
  if (name === 'Date' || name.startsWith('Date.') || name.startsWith('new Date'))
    return !pureDates.has(name)
  return impure.has(name) || impure.has(name.split('.')[0] ?? '')
}

function uses(folder: string, isWrong: (name: Name) => boolean): readonly string[] {
  return readSources([folder]).flatMap(({ path, names }) =>
    names.filter(isWrong).map(({ name, line }) => `${path}:${line} uses ${name}`),
  )
}
