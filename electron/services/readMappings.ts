import { scanJson } from '../../shared/core/codec/scanJson.ts'
import { AppError } from '../../shared/errors.ts'
import { parseJson } from '../../shared/schema/parseJson.ts'
import { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import { z } from 'zod'
import type { Store } from '../store/store.ts'

const Stored = z.object({ unknown: z.object({ mappings: z.array(UnknownMapping) }) })

/** What a person said of unknown documents, as `unstuck.json` has it now: it may change while the workspace is open. */
export async function readMappings(
  store: Pick<Store, 'readDocument'>,
): Promise<readonly UnknownMapping[]> {
  const text = await readSettingsText(store)
  // Settings that cannot be used are told where the workspace is: `readSettings` says why.
  if (text === '' || scanJson(text) !== null) return []
  const parsed = Stored.safeParse(parseJson(text))
  return parsed.success ? parsed.data.unknown.mappings : []
}

/** Empty where there is none. */
export async function readSettingsText(store: Pick<Store, 'readDocument'>): Promise<string> {
  try {
    return new TextDecoder().decode((await store.readDocument('unstuck.json')).bytes)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return ''
    throw error
  }
}
