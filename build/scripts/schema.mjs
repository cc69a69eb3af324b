// Writes the JSON Schema of workflows that editors read: `node build/scripts/schema.mjs`.
import { writeFile } from 'node:fs/promises'
import { format, resolveConfig } from 'prettier'
import { workflowJsonSchema } from '../../shared/schema/workflowJsonSchema.ts'

const file = new URL('../../docs/schema/workflow.schema.json', import.meta.url)
const config = await resolveConfig(file)
await writeFile(
  file,
  await format(JSON.stringify(workflowJsonSchema()), { ...config, parser: 'json' }),
)
