import { expect, test } from 'vitest'
import { isDefinition } from '../../../../../shared/core/formats/isDefinition.ts'

const steps = { build: { run: 'make' }, ship: { run: 'ship', needs: ['build'] } }

test('[L241] JSON with a name and steps that say what they do is a definition, also with mistakes in it', () => {
  const meant = [
    { name: 'release', version: '1', steps },
    { name: 'release', steps: { build: { rnu: 'make' }, ship: { needs: ['build'] } } },
  ]
  expect(meant.map((value) => isDefinition(JSON.stringify(value)))).toEqual([true, true])
})

test('[L241] what says what became of it is none, and neither is what has no steps by name', () => {
  const others = [
    { name: 'release', status: 'failed', steps },
    { name: 'release', steps: { build: { run: 'make', status: 'done' } } },
    { name: 'release', steps: [{ run: 'make' }] },
    { name: 'release', steps: { build: null, ship: 'make' } },
    { name: 7, steps },
    { steps },
    [],
  ]
  const texts = [...others.map((value) => JSON.stringify(value)), '{"name": "a", "steps": {']
  expect(texts.filter(isDefinition)).toEqual([])
})
