// Writes the JSON Schemas of workflows and settings that editors read: `node build/scripts/schema.mjs`.
import { writeFile } from 'node:fs/promises'
import { settingsJsonSchema } from '../../shared/core/settings/settingsJsonSchema.ts'
import { workflowJsonSchema } from '../../shared/schema/workflowJsonSchema.ts'
import { formatted } from '../../test/formatted.ts'

const schemas = { workflow: workflowJsonSchema(), settings: settingsJsonSchema() }

for (const [name, schema] of Object.entries(schemas)) {
  const file = new URL(`../../docs/schema/${name}.schema.json`, import.meta.url)
  await writeFile(file, await formatted('schema.json', JSON.stringify(schema)))
}
