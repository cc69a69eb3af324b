// The entry of the thread that knows every row. Only what its calls need is loaded: it is there for as long as its host.
import { createListContext } from './listContext.ts'
import { serveReading } from './serveReading.ts'

serveReading(createListContext)
