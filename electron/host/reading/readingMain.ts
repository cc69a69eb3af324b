// The entry of the thread that reads large runs.
import { createDocumentsContext } from './documentsContext.ts'
import { serveReading } from './serveReading.ts'

serveReading(createDocumentsContext)
