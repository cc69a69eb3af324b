import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const renderer = join(import.meta.dirname, '../../../../renderer')
const sheets = globSync('**/*.css', { cwd: renderer }).map((file) => {
  const css = readFileSync(join(renderer, file), 'utf8')
  return { file, css, still: stillOf(css) }
})

test('[L148] what is animated stands still for those who asked for less motion', () => {
  const moving = sheets.flatMap(({ file, css, still }) =>
    rulesOf(css.replace(still, ''))
      .filter(({ body }) => /animation:/.test(body) && moves.test(body.replaceAll(lateOnly, '')))
      .filter(({ selector }) => !rulesOf(still).some((rule) => rule.selector === selector))
      .map(({ selector }) => `${file} ${selector}`),
  )
  expect(moving).toEqual([])
})

test('[L148] what changes slowly changes at once for those who asked for less motion', () => {
  const slow = sheets.flatMap(({ file, css }) =>
    [...css.matchAll(/transition(?:-duration)?:([^;]*);/g)]
      .filter(([, value = '']) => /\d\s*m?s\b/.test(value))
      .map(([rule]) => `${file} ${rule}`),
  )
  const { still } = sheets.find(({ file }) => file.endsWith('tokens.css')) ?? { still: '' }
  expect([slow, still.match(/--duration-\w+: 0ms/g)]).toEqual([
    [],
    ['--duration-quick: 0ms', '--duration-calm: 0ms'],
  ])
})

const moves = /infinite|\b[1-9]\d*m?s|var\(--duration/
/** Appears later, at once. */
const lateOnly = /appear 0s \d+m?s both/g

/** What a sheet says of less motion. */
function stillOf(css: string): string {
  return /@media \(prefers-reduced-motion: reduce\) \{(?:[^{}]|\{[^{}]*\})*\}/.exec(css)?.[0] ?? ''
}

function rulesOf(css: string) {
  return [...css.matchAll(/([^{};]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
    // A rule for any value of an attribute holds for each.
    selector: selector.replaceAll(/\/\*[^]*?\*\/|='[^']*'/g, '').trim(),
    body,
  }))
}
