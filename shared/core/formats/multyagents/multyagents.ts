// multyagents: the whole state of one API in one file, many workflow runs in it.
import type { Format } from '../format.ts'
import { editStore } from './editStore.ts'
import { exportStore } from './exportStore.ts'
import { importStore } from './importStore.ts'
import { readStore } from './readStore.ts'
import { salvageRepair } from '../view/salvageRepair.ts'
import { repairStore, withNextIds } from './repairStore.ts'
import { resumeStore } from './resumeStore.ts'
import { openStore, table } from './storeDocument.ts'
import { labelOf } from './storeView.ts'

export const multyagents: Format = {
  id: 'multyagents',
  name: 'multyagents',
  role: (document) => (document.endsWith('.tmp') ? 'part' : 'run'),
  // Any file can be its store: only one that is written anew beside it tells.
  names: (document) => document.endsWith('.json'),
  folders: (document) => [
    document.includes('/') ? document.slice(0, document.lastIndexOf('/')) : '',
  ],
  belongs: (document, _text, files) =>
    files.map(({ path }) => path).filter((path) => path === `${document}.tmp`),
  items: (text) => {
    const opened = openStore(text)
    if (opened.kind === 'broken') return []
    const { store } = opened
    return [...table(store, 'workflow_runs')].map(([item, run]) => ({
      item,
      label: labelOf(store, run, item),
    }))
  },
  read: readStore,
  edit: editStore,
  repairs: (set, context) => [
    ...repairStore(set),
    ...salvageRepair(set, { read: readStore, context, finish: (text) => withNextIds(set, text) }),
  ],
  resume: resumeStore,
  cleanupRules: {
    rules: [],
    dangers: [
      'multyagents never removes anything from its store, and writes all of it with each change.',
    ],
  },
  toRun: importStore,
  fromRun: exportStore,
}
