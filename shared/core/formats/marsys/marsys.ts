// MARSYS: sessions and checkpoints of its removed state manager (0.1, 0.2), and snapshots of paused runs (0.3).
import type { Format } from '../format.ts'
import { cleanupMarsys, marsysCleanupRules } from './cleanupMarsys.ts'
import { editMarsys } from './editMarsys.ts'
import { exportMarsys } from './exportMarsys.ts'
import { importMarsys } from './importMarsys.ts'
import { checkpointName, openMarsys } from './marsysDocument.ts'
import {
  checkpointCandidates,
  foldersOf,
  isCheckpointFile,
  isSnapshotFile,
  sessionOfPath,
} from './marsysPaths.ts'
import { readMarsys } from './readMarsys.ts'
import { repairMarsys } from './repairMarsys.ts'
import { resumeMarsys } from './resumeMarsys.ts'

export const marsys: Format = {
  id: 'marsys',
  name: 'MARSYS',
  role: (document, text) => {
    if (isCheckpointFile(document) || document.endsWith('.tmp')) return 'part'
    const opened = openMarsys(text)
    const isCheckpoint = opened.kind !== 'broken' && checkpointName(opened.root) !== null
    return isCheckpoint ? 'part' : 'run'
  },
  names: (document) => isCheckpointFile(document) || sessionOfPath(document) !== null,
  folders: foldersOf,
  belongs: (document, text, files) => {
    const temporary = files.map(({ path }) => path).filter((path) => path === `${document}.tmp`)
    if (isSnapshotFile(document) || isCheckpointFile(document)) return temporary
    const session = sessionOfPath(document) ?? openMarsys(text).session
    if (session === null) return temporary
    return [...temporary, ...checkpointCandidates(session, files)]
  },
  read: readMarsys,
  edit: editMarsys,
  repairs: repairMarsys,
  resume: resumeMarsys,
  cleanup: cleanupMarsys,
  cleanupRules: marsysCleanupRules,
  toRun: importMarsys,
  fromRun: exportMarsys,
}
