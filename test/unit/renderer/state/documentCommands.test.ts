import { expect, test } from 'vitest'
import {
  importDocumentCommand,
  migrateDocumentCommand,
  repairDocumentCommand,
  resumeDocumentCommand,
} from '../../../../renderer/state/documentCommands.ts'
import { importChoices } from '../../../../renderer/state/documentImportStore.ts'

const many = { document: 'store.json', item: '3' }

test('[L201] each plan is said as a command line, with what was chosen', () => {
  const texts = { definition: ' flow.yaml ', commands: 'test=make test\nno command\n' }
  expect([
    repairDocumentCommand(many, { repair: 'history:1', accepted: [], rejected: [] }),
    migrateDocumentCommand(many),
    resumeDocumentCommand(many, 'test'),
    importDocumentCommand(many, importChoices(texts)),
  ]).toEqual([
    "unstuck repair 'store.json#3' --source history:1 --apply",
    "unstuck migrate 'store.json#3' --apply",
    "unstuck resume 'store.json#3' --from test --yes",
    "unstuck import 'store.json#3' --definition flow.yaml --command 'test=make test' --apply",
  ])
})
