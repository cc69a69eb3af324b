import { expect, test } from 'vitest'
import { formEntries } from '../../../../renderer/state/formEntries.ts'
import { fieldsOf } from '../../../../shared/core/form/fieldsOf.ts'

function only(field: Parameters<typeof fieldsOf>[0], draft = {}, problems = {}) {
  return formEntries(fieldsOf(field), draft, problems)[0]
}

test('[L15] a field is drawn with its title, its default and what it takes', () => {
  const field = {
    percent: {
      type: 'integer',
      default: 5,
      maximum: 100,
      title: 'Percent',
      description: 'How far.',
    },
  }
  expect(only(field)).toEqual({
    name: 'percent',
    label: 'Percent',
    control: 'number',
    isRequired: false,
    isOptional: false,
    isSecret: false,
    description: 'How far.',
    hint: 'a whole number, 100 or less',
    value: '5',
    isChecked: false,
    options: [],
    problem: null,
  })
})

test('[L15] once a default is replaced it is still said, and a problem stands with its field', () => {
  const entry = only({ branch: 'main' }, { branch: 'x' }, { branch: 'Not there.' })
  expect([entry?.value, entry?.hint, entry?.problem]).toEqual(['x', 'default main', 'Not there.'])
})

test('[L142] a field whose name names a secret hides its default', () => {
  const entry = only({ apiToken: 'abc-1' }, { apiToken: 'x' })
  expect([entry?.isSecret, entry?.hint]).toEqual([true, 'default ••••••'])
})

test('[L15] without a default nothing of a choice is chosen', () => {
  const one = only({ colour: { type: 'choice', options: ['red'] } })
  expect(one?.options).toEqual([
    { value: '', label: 'Choose…' },
    { value: 'red', label: 'red' },
  ])
  expect([one?.value, one?.isRequired]).toEqual(['', true])
  const optional = only({ colour: { type: 'choice', options: ['red'], required: false } })
  expect([optional?.options[0]?.label, optional?.isOptional]).toEqual(['None', true])
  const preset = only({ colour: { type: 'choice', options: ['red', 'blue'], default: 'blue' } })
  expect([preset?.options.length, preset?.value]).toEqual([2, 'blue'])
})

test('[L15] a plain default is asked for as what it is', () => {
  const entries = formEntries(fieldsOf({ a: 'x', b: 'x\ny', c: 1, d: true, e: [1] }), {}, {})
  expect(entries.map(({ control, value, isChecked }) => [control, value, isChecked])).toEqual([
    ['line', 'x', false],
    ['lines', 'x\ny', false],
    ['number', '1', false],
    ['checkbox', 'true', true],
    ['json', '[\n  1\n]', false],
  ])
})
