import { z } from 'zod'
import type { Json } from '../../schema/json.ts'
import { Settings } from '../../schema/settings.ts'
import { settingRows } from './settingRows.ts'

/** The JSON Schema of `unstuck.json`, for editors, with what each setting does. */
export function settingsJsonSchema(): Json {
  const sentences = new Map(settingRows.map(({ key, sentence }) => [key, sentence]))
  const schema = z.toJSONSchema(Settings, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema, path }) => {
      const key = path.filter((part) => part !== 'properties').join('.')
      const description = sentences.get(key)
      if (description !== undefined) jsonSchema.description = description
    },
  })
  return {
    title: 'Unstuck settings',
    description: 'unstuck.json: every key may be left out, and then has its default.',
    ...(schema as { [key: string]: Json }), // a JSON Schema is JSON
  }
}
