import { expect, test } from 'vitest'
import { compileRules } from '../../../../../shared/core/secrets/compileRules.ts'
import { mask } from '../../../../../shared/core/secrets/isNoSecret.ts'
import { maskValue } from '../../../../../shared/core/secrets/maskSecrets.ts'
import { createRedactor } from '../../../../../shared/core/secrets/redact.ts'
import { RedactionReport } from '../../../../../shared/core/secrets/redactionReport.ts'
import { createTextStream } from '../../../../../shared/core/secrets/redactStream.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'

/** Every `S` is of a secret; a line goes on behind a backslash. What stands for one tells the line it was said to be in. */
function redact(text: string, size = text.length, texts: string[] = []): string {
  const stream = createTextStream({
    redact: (lines, line) => {
      texts.push(lines)
      return lines.replaceAll(/S+/g, `#${line}`)
    },
    next: (lines, from) => (lines.indexOf('S', from) + lines.length + 1) % (lines.length + 1),
    find: (lines) =>
      [...lines.matchAll(/S+/g)].map(({ index, 0: secret }) => {
        const end = index + secret.length
        return { start: index, end, from: index, rule: 'S' }
      }),
    goesOn: (lines) => lines.endsWith('\\\n'),
  })
  let out = ''
  for (let at = 0; at < text.length; at += size) out += stream.push(text.slice(at, at + size))
  return out + stream.end()
}

test('[F336] each line keeps its number, wherever the text is cut', () => {
  for (const size of [1, 2, 3, 7, 99]) {
    expect(redact('a\nb\nS\nc\n\nxSSy S', size)).toBe('a\nb\n#3\nc\n\nx#6y #6')
    expect(redact('S\n\nS\n', size)).toBe('#1\n\n#3\n')
    expect(redact('', size)).toBe('')
  }
})

test('[F336] lines that belong together are looked at together, from the first of them', () => {
  for (const size of [1, 5, 99])
    expect(redact('a\nS\\\nb\\\nS\nS\n', size)).toBe('a\n#2\\\nb\\\n#2\n#5\n')
})

test('[F336] lines in which nothing can be are not looked at', () => {
  const texts: string[] = []
  redact(`${'plain\n'.repeat(100)}S\n${'plain\n'.repeat(100)}`, 1e6, texts)
  expect(texts).toEqual(['S\n', ''])
})

test('[F336] no more lines are held than a key of any usual length has', () => {
  const texts: string[] = []
  expect(redact('S line\\\n'.repeat(2000), 100, texts)).toContain('#1 line')
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(9000)
  expect(texts.every((text) => text === '' || text.length > 8000 || text === texts.at(-1))).toBe(
    true,
  )
})

test('[F336] a secret is whole wherever it stands in a very long line', () => {
  const cut = 224 * 1024
  for (const at of [0, cut - 5, cut - 1, cut, cut + 1, 256 * 1024 - 3, 256 * 1024, 480_000])
    for (const length of [1, 6]) {
      const text = `${'a'.repeat(at)}${'S'.repeat(length)}${'b'.repeat(500_000 - at)}\nS\n`
      expect(redact(text, 70_000)).toBe(`${'a'.repeat(at)}#1${'b'.repeat(500_000 - at)}\n#2\n`)
    }
})

test('[F336] one that is longer than what is held takes the rest of its line with it', () => {
  const long = 'S'.repeat(600_000)
  expect(redact(`a\n${'x'.repeat(1000)}${long} and more\nS`, 50_000)).toBe(
    `a\n${'x'.repeat(1000)}#2\n#3`,
  )
  expect(redact(long)).toBe('#1')
})

test('[F336] lines that were held are told before a very long one that follows them', () => {
  const long = 'x'.repeat(300_000)
  expect(redact(`S\\\n${long}S\nS\n`, 40_000)).toBe(`#1\\\n${long}#2\n#3\n`)
})

test('[F337] places of a report are lines, also inside of what belongs together', () => {
  const redactor = createRedactor(builtInRules)
  const text =
    'ok\n"credentials": {\n"user":"ada-lovelace",\n"n": [12345678]\n}\npassword=hunter2-x\n'
  expect(redactor.text(text, { file: 'a.log' })).toBe(
    'ok\n"credentials": {\n"user":"«redacted:1»",\n"n": ["«redacted:2:number»"]\n}\npassword=«redacted:3»\n',
  )
  const report = redactor.report()
  expect(report.rows.map(({ place }) => place)).toEqual(['line 3', 'line 4', 'line 6'])
  expect(RedactionReport.parse(report)).toEqual(report)
  for (const wrong of [
    { ...report, total: -1 },
    { ...report, values: -1 },
    { ...report, more: -1 },
    { ...report, rules: [{ rule: 'key', count: 0 }] },
    { ...report, rows: [{ rule: 'key', file: 'a', place: 'line 1', count: 0 }] },
  ])
    expect(RedactionReport.safeParse(wrong).success).toBe(false)
})

test('[F332] a secret has one label with quotes and without', () => {
  const redactor = createRedactor(builtInRules)
  const text = `PASSWORD='pass-4711'\nPASSWORD=pass-4711\n{"password":"pass-4711"}\n'password': 'pass-4711'\n`
  expect(redactor.text(text, { file: 'a.log' })).toBe(
    `PASSWORD=«redacted:1»\nPASSWORD=«redacted:1»\n{"password":"«redacted:1»"}\n'password': «redacted:1»\n`,
  )
  expect(redactor.json('no json, token=abcd-1234', { file: 'b', line: 7 })).toBe(
    'no json, token=«redacted:2»',
  )
  expect(redactor.report().rows.at(-1)).toMatchObject({ file: 'b', place: 'line 7' })
})

test('[L142] [F338] what a path of the settings leads to, and all below it, is masked', () => {
  const { rules } = compileRules({ keys: [], values: [], paths: ['/inputs/card'] })
  expect(maskValue('/inputs/card', '"x"', rules)).toBe(`"${mask}"`)
  expect(maskValue('/inputs/card/number', '[1, "-"]', rules)).toBe(`["${mask}", "-"]`)
  expect(maskValue('/inputs/other', '"x"', rules)).toBe('"x"')
  expect(maskValue('/inputs', '{"a":1}', rules)).toBe('{"a":1}')
})
