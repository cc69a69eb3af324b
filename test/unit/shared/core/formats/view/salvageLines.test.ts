import { expect, test } from 'vitest'
import { isNothing, salvageLines } from '../../../../../../shared/core/formats/view/salvageLines.ts'

const none = {}
const whole = ['{"at": 1}', '{"at": 2}']

function lines(texts: readonly string[], choices?: { accepted: string[]; rejected: string[] }) {
  const found = salvageLines(texts.join('\n'), choices === undefined ? none : { choices })
  if (found === null) throw new Error('It is no text with a value a line.')
  return found
}

test('[R95] whole lines and empty ones stay as they are, and nothing is lost', () => {
  expect(lines([...whole, '', '  '])).toEqual({
    text: [...whole, '', '  '].join('\n'),
    items: [],
    losses: [],
    confidence: 'certain',
  })
})

test('[R95] a damaged line is closed where it was cut, and told with its place in the document', () => {
  const { text, items, losses, confidence } = lines([...whole, '{"at": 3, "by": "ada"'])

  expect(text).toBe([...whole, '{"at": 3, "by": "ada"}'].join('\n'))
  expect(items.map(({ line, offset }) => [line, offset])).toEqual([[3, 41]])
  expect([losses, confidence]).toEqual([['Line 3: kept is {"at": 3, "by": "ada"}'], 'guess'])
})

test('[F362] a line of which nothing can be read goes, and is a loss of so many bytes', () => {
  const { text, items, losses, confidence } = lines([...whole, '{', '{"at": 4}', '}'])

  expect(text).toBe([...whole, '{"at": 4}'].join('\n'))
  expect(items).toMatchObject([
    { rule: 'R95', id: 'line@20', line: 3, offset: 20, sizeBytes: 1, confidence: 'guess' },
    { rule: 'R95', id: 'line@32', line: 5, offset: 32, sizeBytes: 1 },
  ])
  expect(losses).toEqual([
    'Line 3: nothing of it can be read. It goes.',
    'Line 5: nothing of it can be read. It goes.',
  ])
  expect(confidence).toBe('guess')
})

test('[R95] of very many lines that go the first are told', () => {
  const { losses } = lines([...whole, ...Array.from({ length: 12 }, () => '{')])
  expect(losses).toHaveLength(11)
  expect(losses.at(-1)).toBe('And 2 more lines.')
})

test('[R95] one value alone, and a text whose first line is damaged, are no values a line', () => {
  expect(salvageLines('{"at": 1}\n{', none)).toBeNull()
  expect(salvageLines(['{', ...whole].join('\n'), none)).toBeNull()
})

test.each([
  ['utf-16le', 'utf16le@0'],
  ['utf-16be', 'utf16be@0'],
] as const)('[R95] of lines in %s the encoding is told once', (encoding, id) => {
  const bytes = Buffer.from(['\ufeff{"at": 1}', '{"at": 2}', '{'].join('\n'), 'utf16le')
  const found = salvageLines(encoding === 'utf-16le' ? bytes : bytes.swap16(), none)
  expect(found?.items.map((item) => item.id)).toEqual([id, 'bom@0', 'line@21'])
})

test('[R95] a byte that is no character damages its own line only', () => {
  const bytes = Buffer.from([...whole, '{"at": "\u00ff"}'].join('\n'), 'latin1')
  const found = salvageLines(bytes, none)
  expect(found?.text?.split('\n').slice(0, 2)).toEqual(whole)
  expect(found?.items.map(({ line }) => line)).toEqual([3])
})

test('[R95] a mark before the first line makes it no less the first of many', () => {
  expect(salvageLines(['\ufeff{"at": 1}', '{"at": 2}'].join('\n'), none)).not.toBeNull()
})

test.each([
  ['{"at": 3,}', '{"at": 3}', 'certain', []],
  ["{'at': 3}", '{"at": 3}', 'likely', []],
  [
    `{"at": "${'x'.repeat(90)}"`,
    `{"at": "${'x'.repeat(90)}"}`,
    'guess',
    [`Line 3: kept is {"at": "${'x'.repeat(72)}`],
  ],
] as const)('[R95] a line %s is mended as surely as its least sure item', (line, text, ...told) => {
  const { confidence, losses, text: after } = lines([...whole, line])
  expect([after, confidence, losses]).toEqual([[...whole, text].join('\n'), ...told])
})

test('[R95] empty lines before the first value make a text no less one with a value a line', () => {
  const { text, losses } = lines(['', ' ', ...whole, '}'])
  expect([text, losses]).toEqual([
    ['', ' ', ...whole].join('\n'),
    ['Line 5: nothing of it can be read. It goes.'],
  ])
  expect(salvageLines(['', whole[0], ''].join('\n'), none)).toBeNull()
})

test('[R95] ten lines that go are told each, and each with what happens to it', () => {
  const { losses, items } = lines([...whole, ...Array.from({ length: 10 }, () => '{')])
  expect([losses.length, losses.at(-1)]).toEqual([
    10,
    'Line 12: nothing of it can be read. It goes.',
  ])
  expect(items.at(-1)?.sentence).toBe('Nothing of this line can be read. It goes.')
})

test.each([
  ['', true],
  [' \n', true],
  ['{}', true],
  [' { \n } ', true],
  ['[]', true],
  [' [  ] ', true],
  ['{"a": 1}', false],
  ['[1]', false],
  ['0', false],
  ['x {}', false],
  ['{} x', false],
])('[R95] whether %j is nothing: %s', (text, expected) => {
  expect(isNothing(text)).toBe(expected)
})
