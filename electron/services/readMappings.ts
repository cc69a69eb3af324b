import { z } from 'zod'
import { scanJson } from '../../shared/core/codec/scanJson.ts'
import { AppError } from '../../shared/errors.ts'
import { parseJson } from '../../shared/schema/parseJson.ts'
import { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import type { Store } from '../store/store.ts'

type Reader = Pick<Store, 'readDocument'>

const Stored = z.object({ unknown: z.object({ mappings: z.array(UnknownMapping) }) })

/** What a person said of unknown documents, as `unstuck.json` has it now: it may change while the workspace is open. */
export async function readMappings(store: Reader): Promise<readonly UnknownMapping[]> {
  const text = await readableText(store)
  // Settings that cannot be used are told where the workspace is: `readSettings` says why.
  if (text === null || scanJson(text) !== null) return []
  const parsed = Stored.safeParse(parseJson(text))
  return parsed.success ? parsed.data.unknown.mappings : []
}

async function readableText(store: Reader): Promise<string | null> {
  try {
    return (await readSettingsFile(store)).text
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return null
    throw error
  }
}

/** Null, both, where there is no such file. */
export async function readSettingsFile(
  store: Reader,
): Promise<{ readonly text: string | null; readonly rev: string | null }> {
  try {
    const { bytes, rev } = await store.readDocument('unstuck.json')
    return { text: new TextDecoder().decode(bytes), rev }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return { text: null, rev: null }
    throw error
  }
}
