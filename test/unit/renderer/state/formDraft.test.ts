import { expect, test } from 'vitest'
import { problemsByName, readDraft } from '../../../../renderer/state/formDraft.ts'
import { fieldsOf } from '../../../../shared/core/form/fieldsOf.ts'

const fields = fieldsOf({
  name: { type: 'string', maxLength: 5 },
  greeting: { type: 'string', default: 'hello' },
  notes: { type: 'text', required: false },
  count: { type: 'integer', default: 3, minimum: 1 },
  agreed: { type: 'boolean' },
  colour: { type: 'choice', options: ['red', 'blue'] },
  day: { type: 'date', required: false },
  settings: { type: 'json', default: { a: 1 } },
  branch: 'main',
})
const sound = { name: 'Ada', colour: 'red' }

test('[L12] what was not touched is left to its default, and a box that is not ticked says no', () => {
  expect(readDraft(fields, sound)).toEqual({
    kind: 'valid',
    values: { name: 'Ada', agreed: false, colour: 'red' },
  })
})

test('[L12] each value is read by the type of its field', () => {
  const draft = {
    ...sound,
    count: '12',
    agreed: true,
    day: '2026-01-31',
    settings: '[1, null]',
    notes: 'two\nlines',
    branch: '3',
  }
  expect(readDraft(fields, draft)).toEqual({
    kind: 'valid',
    values: {
      name: 'Ada',
      count: 12,
      agreed: true,
      colour: 'red',
      day: '2026-01-31',
      settings: [1, null],
      notes: 'two\nlines',
      branch: '3',
    },
  })
})

test('[L13] an emptied text is the empty text, any other emptied field is as if it was not touched', () => {
  const draft = { ...sound, greeting: '', count: '', day: '', settings: ' ', notes: '' }
  expect(readDraft(fields, draft)).toEqual({
    kind: 'valid',
    values: { name: 'Ada', greeting: '', agreed: false, colour: 'red' },
  })
})

test('[L14] every problem is told at once, beside its field and without its name', () => {
  const draft = { name: 'Archibald', count: '0.5', settings: '{\n  "a": x\n}' }
  expect(readDraft(fields, draft)).toEqual({
    kind: 'invalid',
    problems: {
      name: 'Expected at most 5 characters, found 9.',
      count: 'Expected a whole number, 1 or more, found 0.5.',
      colour: 'Missing: expected one of red, blue.',
      settings: 'Line 2, column 8: Expected a value, found x.',
    },
  })
})

test('[L14] a number that is none is said before its default could stand in for it', () => {
  expect(readDraft(fields, { ...sound, count: 'many' })).toEqual({
    kind: 'invalid',
    problems: { count: 'Expected a whole number, 1 or more.' },
  })
})

test('[L14] what the host says of a value reads as what the form says', () => {
  expect(
    problemsByName([
      { name: 'count', message: '`count`: expected a number, found "x".' },
      { name: 'name', message: '`name` is missing: expected a text.' },
    ]),
  ).toEqual({ count: 'Expected a number, found "x".', name: 'Missing: expected a text.' })
})
