import { expect, test } from 'vitest'
import { awf } from '../../../../../../shared/core/formats/awf/awf.ts'
import { awfText, context, sampleText, setOf } from './awfSets.ts'

const document = 'states/22222222-bbbb-4bbb-8bbb-222222222222.json'
const temporary = `${document}.4242.1795249807000000000.tmp`
const whole = sampleText('completed')
const older = whole.replace(
  '"UpdatedAt": "2026-11-21T08:36:48.057752226Z"',
  '"UpdatedAt": "2026-11-21T08:36:48.057752225Z"',
)
const ids = (text: string, beside: Readonly<Record<string, string>>) =>
  awf.repairs(setOf(document, text, beside), context).map(({ id }) => id)

test('[F40] a damaged state is repaired from the newest temporary file that is whole and its own', () => {
  const damaged = whole.slice(0, 900)
  const beside = {
    [`${document}.1.1.tmp`]: older,
    [`${document}.2.2.tmp`]: whole,
    [`${document}.3.3.tmp`]: sampleText('failed'),
    [temporary]: awfText(`sets/awf/${temporary}`),
  }
  const [first, ...rest] = awf.repairs(setOf(document, damaged, beside), context)
  expect(first).toMatchObject({
    id: 'temporary:22222222-bbbb-4bbb-8bbb-222222222222.json.2.2.tmp',
    confidence: 'likely',
    changes: [
      { path: document, text: whole },
      { path: `${document}.2.2.tmp`, text: null },
    ],
  })
  expect(rest.map(({ id }) => id)).toEqual([
    'temporary:22222222-bbbb-4bbb-8bbb-222222222222.json.1.1.tmp',
    'salvage',
  ])
})

test('[F271] without a spare what can be read of a cut state is kept, and each place that is lost is told', () => {
  const cut = sampleText('truncated')
  const [only, ...rest] = awf.repairs(setOf(document, cut), context)

  expect(rest).toEqual([])
  expect(only).toMatchObject({ id: 'salvage', confidence: 'guess' })
  expect(only?.losses.join(' ')).toContain('Line 42: The document is cut inside a text.')
  const kept = only?.changes[0]?.text ?? ''
  expect(cut.startsWith(kept.replace(/[\]}\s]*$/, ''))).toBe(true)
})

test('[F40] beside a whole state a newer one is offered, all others can go', () => {
  expect(ids(older, { [`${document}.1.1.tmp`]: whole })).toEqual([
    'temporary:22222222-bbbb-4bbb-8bbb-222222222222.json.1.1.tmp',
  ])
  expect(ids(whole, { [`${document}.1.1.tmp`]: older })).toEqual([
    'trash:22222222-bbbb-4bbb-8bbb-222222222222.json.1.1.tmp',
  ])
  expect(ids(whole, { [temporary]: awfText(`sets/awf/${temporary}`) })).toHaveLength(1)
  expect(ids(whole, {})).toEqual([])
})
