// The entry of the threads that read large runs, and that make exports.
import { createDocumentsContext } from './documentsContext.ts'
import { createExportsContext } from './exportsContext.ts'
import { serveReading } from './serveReading.ts'

serveReading((task, emit) =>
  task.purpose === 'exports'
    ? createExportsContext(task, emit)
    : createDocumentsContext(task, emit),
)
