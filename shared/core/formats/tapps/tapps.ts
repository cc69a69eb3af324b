// Reads and changes the states of TappsCodingAgents: six stores of one engine, two of which share a folder.
import type { FileSet, Format, FormatContext, FormatReading } from '../format.ts'
import { filesOf, foldersOf, isOwnName, rankOf, mayBelong } from './belongs.ts'
import { cleanup, tappsCleanupRules } from './cleanup.ts'
import { diagnosesOf } from './diagnoses.ts'
import { isState, kindLabels, roleOf } from './documentKind.ts'
import { edit } from './edit.ts'
import { openStore, type FileStore } from './fileStore.ts'
import { findingsOf } from './findings.ts'
import { fromRun } from './fromRun.ts'
import { historyOf } from './historyOf.ts'
import { migrate } from './migrate.ts'
import { pointsOf } from './pointsOf.ts'
import { repairs } from './repairs.ts'
import { salvagedState } from './repairs/salvagedState.ts'
import { salvageRepair } from '../view/salvageRepair.ts'
import { resume } from './resume.ts'
import { runView } from './runView.ts'
import { sideView } from './sideView.ts'
import { toRun } from './toRun.ts'
import { versionOf } from './versions.ts'

export const tapps: Format = {
  id: 'tapps',
  name: 'TappsCodingAgents',
  role: roleOf,
  rank: rankOf,
  folders: foldersOf,
  names: isOwnName,
  belongs: filesOf,
  mayBelong,
  read,
  edit,
  repairs: (set, context) => [
    ...repairs(set, context),
    ...salvageRepair(set, { read, context, finish: (text) => salvagedState(set, text, context) }),
  ],
  migrate,
  resume,
  cleanup,
  cleanupRules: tappsCleanupRules,
  toRun,
  fromRun,
}

function read(set: FileSet, context: FormatContext): FormatReading {
  const store = openStore(set, context.sha256)
  const version = versionOf(store)
  const view = viewOf(store)
  return {
    label: version.isOld
      ? `${kindLabels[store.kind]} ${version.version ?? ''}`.trim()
      : kindLabels[store.kind],
    ...version,
    ...view,
    findings: findingsOf(store, context.sha256),
    diagnoses: diagnosesOf(store, context),
    points: pointsOf(store, context.sha256),
    history: historyOf(store, view.run),
  }
}

function viewOf(store: FileStore): Pick<FormatReading, 'run' | 'said'> {
  return isState(store.kind) ? runView(store) : sideView(store)
}
