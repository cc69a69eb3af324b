import { expect, test } from 'vitest'
import {
  actionEntries,
  type ActionFacts,
} from '../../../../../renderer/features/palette/actionEntries.ts'
import type { Offer } from '../../../../../renderer/state/offers.ts'

const nothing = () => undefined
const facts: ActionFacts = {
  subject: { document: 'payment-1', format: 'unstuck' },
  workspace: null,
  go: nothing,
  copy: nothing,
  link: '',
  createSample: nothing,
  exportRun: nothing,
  exportDocument: nothing,
  importBundle: nothing,
  importInto: nothing,
  step: null,
  askStep: nothing,
  staged: 0,
  offers: [],
  showsSecrets: false,
  showSecrets: nothing,
}

test('[X91] what the page offers is an action, and its reasons are those of the page', () => {
  const offers = [offer('repair', 'It is not damaged.'), offer('pause', 'Nobody carries it.')]
  const entries = actionEntries({ ...facts, offers })
  const found = ['repair', 'pause'].map((id) => entries.filter((entry) => entry.id === id))
  expect(found.map((same) => same.map(({ title, disabled }) => [title, disabled]))).toEqual([
    [['Repair this run…', 'It is not damaged.']],
    [['pause', 'Nobody carries it.']],
  ])
})

function offer(id: string, disabled: string): Offer {
  return { kind: 'action', id, title: id, note: null, disabled, run: nothing }
}
