import { expect, test } from 'vitest'
import { salvageText } from '../../../../../../shared/core/formats/view/salvageText.ts'

const none = {}
const read = (text: string, accepted: string[] = [], rejected: string[] = []) =>
  salvageText(text, { choices: { accepted, rejected } })
const quoted = `{"a": 'x', "b": 1,}`
const stray = '{"a": 1, "b": ]2}'

test('[R95] what reads the same written otherwise is no loss, and as sure as its least sure item', () => {
  expect(salvageText('{"a": 1,}', none)).toEqual({
    text: '{"a": 1}',
    items: [
      {
        id: 'trailingComma@7',
        rule: 'R27',
        sentence: 'Nothing follows this comma. It goes.',
        offset: 7,
        sizeBytes: 1,
        line: 1,
        column: 8,
        pointer: '',
        damage: 'broken',
        confidence: 'certain',
        isAccepted: true,
        isChoice: false,
      },
    ],
    losses: [],
    confidence: 'certain',
  })
  expect(salvageText(quoted, none)).toMatchObject({
    text: '{"a": "x", "b": 1}',
    items: [{ id: 'singleQuotes@6', isAccepted: true, isChoice: true }, { isChoice: false }],
    losses: [],
    confidence: 'likely',
  })
})

test.each([
  ['\ufeff{}', 'bom'],
  ['{} // x', 'comment'],
  ['[1,]', 'trailingComma'],
  ["['x']", 'singleQuotes'],
  ['{k: 1}', 'unquotedKey'],
  ['[True]', 'foreignWord'],
  ['["a\tb"]', 'controlCharacter'],
  ['[1 2]', 'missingComma'],
])('[R95] nothing of %o is lost by %s', (text, kind) => {
  const { items, losses } = salvageText(text, none)
  expect([items.map(({ id }) => id.split('@')[0]), losses]).toEqual([[kind], []])
})

test('[R95] bytes of another encoding are no loss', () => {
  const latin = salvageText(Buffer.from('["caf\u00e9 \u00e0 la"]', 'latin1'), none)
  expect([latin.text, latin.losses]).toEqual(['["caf\u00e9 \u00e0 la"]', []])
  const wide = salvageText(Buffer.from('[1]', 'utf16le'), none)
  expect([wide.text, wide.items.map(({ rule }) => rule), wide.losses]).toEqual(['[1]', ['R51'], []])
})

test('[R95] what a person rejects is not done, and is a loss', () => {
  const { text, items, losses, confidence } = read(
    quoted,
    [],
    ['singleQuotes@6', 'trailingComma@17'],
  )
  expect([text, confidence]).toEqual(['{ "b": 1}', 'guess'])
  expect(items.map(({ isAccepted }) => isAccepted)).toEqual([false, true])
  expect(losses).toEqual([
    'Line 1: A text stands in single quotes. It gets double ones. Not done: it is left out.',
  ])
  expect(read('{k: 1}', ['unquotedKey@1'], ['unquotedKey@1'])).toMatchObject({
    text: null,
    losses: [
      'Line 1: The key k has no quotes. It gets them. Not done: the document ends before it.',
    ],
  })
})

test('[R95] a guess is done only where a person accepts it', () => {
  const isDone = (accepted: string[]) =>
    read(stray, accepted).items.flatMap(({ id, isAccepted, confidence }) =>
      confidence === 'guess' ? [[id, isAccepted]] : [],
    )
  expect([isDone([]), isDone(['strayBracket@14'])]).toEqual([
    [
      ['strayBracket@14', false],
      ['garbage@15', false],
    ],
    [
      ['strayBracket@14', true],
      ['garbage@15', false],
    ],
  ])
  expect(salvageText(stray, none)).toMatchObject({ text: '{"a": 1}', confidence: 'guess' })
  expect(read(stray, ['strayBracket@14']).losses).toEqual([
    'Line 1: A key has no value. It is left out.',
    'Line 1: The bracket ] closes nothing that is open. It goes.',
    'Line 1: No JSON begins with 2. It is passed over. Not done: the document ends before it.',
    'Line 1: in doubt: , "b": ',
  ])
})

test('[R95] of a part the places are those of the whole document, and the choices too', () => {
  const part = { index: 100, offset: 200, lines: 5 }
  const choices = { accepted: ['strayBracket@114', 'garbage@15'], rejected: [] }
  const { items, losses } = salvageText(stray, { choices }, part)
  expect(
    items.map(({ id, offset, line, column, isAccepted }) => [id, offset, line, column, isAccepted]),
  ).toEqual([
    ['trailingComma@107', 207, 6, 8, true],
    ['missingValue@114', 214, 6, 15, true],
    ['strayBracket@114', 214, 6, 15, true],
    ['missingComma@115', 215, 6, 16, true],
    ['garbage@115', 215, 6, 16, false],
  ])
  expect(losses.map((loss) => loss.split(':')[0])).toEqual(
    Array.from({ length: 4 }, () => 'Line 6'),
  )
  expect(losses.at(-1)).toBe('Line 6: in doubt: , "b": ')
})

test('[R95] what stands behind the document, or was cut, is a loss; its first sixty characters are shown', () => {
  const losses = (text: string) => salvageText(text, none).losses
  expect(losses('[1] [2]')).toEqual([
    'Line 1: The document is complete, and another one follows. The first is taken.',
    'Line 1: in doubt: [2]',
  ])
  expect(losses(`[1] ["${'x'.repeat(80)}"]`).at(-1)).toBe(`Line 1: in doubt: ["${'x'.repeat(58)}`)
  expect(salvageText('{"a": 1, "b": "x', none)).toMatchObject({
    text: '{"a": 1}',
    losses: [
      'Line 1: The document is cut inside a text. It is untrusted and left out.',
      expect.stringContaining('The document is cut here.'),
      'Line 1: in doubt: "x',
    ],
    confidence: 'guess',
  })
  expect(salvageText('', none)).toMatchObject({
    text: null,
    losses: ['Line 1: The text holds no value.'],
  })
})

const lossesOf = (count: number) =>
  salvageText(`{"a": 1, ${'"x", '.repeat(count)}"b": 2}`, none).losses

test('[R95] of very many losses ten are told', () => {
  expect(
    [lossesOf(9), lossesOf(10), lossesOf(11), lossesOf(13)].map(({ length }) => length),
  ).toEqual([9, 10, 11, 11])
  expect([lossesOf(10).at(-1), lossesOf(13).slice(-2)]).toEqual([
    'Line 1: A key has no value. It is left out.',
    ['Line 1: A key has no value. It is left out.', 'And 3 more places.'],
  ])
})
