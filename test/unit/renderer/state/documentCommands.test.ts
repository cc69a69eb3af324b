import { expect, test } from 'vitest'
import {
  editDocumentCommand,
  importDocumentCommand,
  migrateDocumentCommand,
  repairDocumentCommand,
  resumeDocumentCommand,
} from '../../../../renderer/state/documentCommands.ts'
import { importChoices } from '../../../../renderer/state/documentImportStore.ts'

const one = { document: 'states/a b.json', item: null }
const many = { document: 'store.json', item: '3' }
const set = { id: '1', edit: { kind: 'set', path: '/Inputs/n', json: '7.0' } } as const

test('[L201] each plan is said as a command line, with what was chosen', () => {
  const texts = { definition: ' flow.yaml ', commands: 'test=make test\nno command\n' }
  expect([
    editDocumentCommand(one, [set], ''),
    editDocumentCommand(many, [set], 'so it is'),
    repairDocumentCommand(many, { repair: 'history:1', accepted: [], rejected: [] }),
    migrateDocumentCommand(many),
    resumeDocumentCommand(many, 'test'),
    importDocumentCommand(many, importChoices(texts)),
  ]).toEqual([
    "unstuck edit 'states/a b.json' --set /Inputs/n=7.0",
    "unstuck edit 'store.json#3' --set /Inputs/n=7.0 --reason 'so it is' --apply",
    "unstuck repair 'store.json#3' --source history:1 --apply",
    "unstuck migrate 'store.json#3' --apply",
    "unstuck resume 'store.json#3' --from test --yes",
    "unstuck import 'store.json#3' --definition flow.yaml --command 'test=make test' --apply",
  ])
})

test('[L201] edits that options would make in another order are not offered as a command line', () => {
  const remove = { id: '2', edit: { kind: 'remove', path: '/Inputs/n' } } as const
  expect(editDocumentCommand(one, [remove, set], 'why')).toBeNull()
})
