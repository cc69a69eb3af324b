import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { settingRows } from '../../../../../shared/core/settings/settingRows.ts'
import { settingsJsonSchema } from '../../../../../shared/core/settings/settingsJsonSchema.ts'
import { Settings } from '../../../../../shared/schema/settings.ts'

const published: unknown = JSON.parse(
  readFileSync(new URL('../../../../../docs/schema/settings.schema.json', import.meta.url), 'utf8'),
)

test('[E213] the published schema is that of the settings, with a sentence for each', () => {
  expect(published, 'run `node build/scripts/schema.mjs`').toEqual(settingsJsonSchema())
  const text = JSON.stringify(published)
  const missing = settingRows.filter(({ sentence }) => !text.includes(JSON.stringify(sentence)))
  expect(missing.map(({ key }) => key)).toEqual([])
})

test('[E213] it takes and refuses what the settings do', () => {
  const validate = new Ajv({ strict: false }).compile(settingsJsonSchema() as object) // a schema is an object
  const texts = [
    {},
    { version: 1, checkpoint: { interval: 2 }, resume: { commands: { awf: 'awf resume' } } },
    { cleanup: { retention: { days: { completed: 0 }, thin: { days: 3, every: null } } } },
    { version: 2 },
    { checkpoint: { interval: 0 } },
    { checkpoint: { often: true } },
    { persistence: { format: 'xml' } },
    { redaction: { keys: [1] } },
    [],
  ]
  expect(texts.map((one) => validate(one))).toEqual(
    texts.map((one) => Settings.safeParse(one).success),
  )
})
