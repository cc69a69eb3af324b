// This room reads and changes the states of AWF (awf-project/cli): one file a run, beside it temporary files of writes cut short.
import type { Format } from '../format.ts'
import {
  definitionFolders,
  folderOf,
  isStateName,
  isDefinitionOf,
  isTemporary,
  isTemporaryOf,
} from './awfFiles.ts'
import { readAwf } from './awfReading.ts'
import { fromRun } from './import/fromRun.ts'
import { toRun } from './import/toRun.ts'
import { editAwf } from './editAwf.ts'
import { salvageRepair } from '../view/salvageRepair.ts'
import { repairAwf } from './repairAwf.ts'
import { resumeAwf } from './resumeAwf.ts'
import { workflowNameIn } from './workflowNameIn.ts'

export const awf: Format = {
  id: 'awf',
  name: 'AWF',
  role: (document) => (isTemporary(document) ? 'part' : 'run'),
  names: isStateName,
  folders: (document) => [...new Set([folderOf(document), ...definitionFolders(document)])],
  belongs: (document, text, files) => {
    const workflow = workflowNameIn(text)
    return files
      .map(({ path }) => path)
      .filter(
        (path) =>
          isTemporaryOf(path, document) ||
          (definitionFolders(document).includes(folderOf(path)) && isDefinitionOf(path, workflow)),
      )
  },
  read: readAwf,
  edit: editAwf,
  repairs: (set, context) => [...repairAwf(set), ...salvageRepair(set, { read: readAwf, context })],
  resume: resumeAwf,
  cleanupRules: {
    rules: [],
    dangers: [
      'AWF never removes the state of a run: its folder grows, and rests of writes that were cut stay there.',
    ],
  },
  toRun,
  fromRun,
}
