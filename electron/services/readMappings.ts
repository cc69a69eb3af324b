import { z } from 'zod'
import { scanJson } from '../../shared/core/codec/scanJson.ts'
import { AppError } from '../../shared/errors.ts'
import { parseJson } from '../../shared/schema/parseJson.ts'
import { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import type { Store } from '../store/store.ts'

const Stored = z.object({ unknown: z.object({ mappings: z.array(UnknownMapping) }) })

/** What a person said of unknown documents, as `unstuck.json` has it now: it may change while the workspace is open. */
export async function readMappings(
  store: Pick<Store, 'readSlice'>,
): Promise<readonly UnknownMapping[]> {
  const text = await readableText(store)
  // Settings that cannot be used are told where the workspace is: `readSettings` says why.
  if (text === null || scanJson(text) !== null) return []
  const parsed = Stored.safeParse(parseJson(text))
  return parsed.success ? parsed.data.unknown.mappings : []
}

async function readableText(store: Pick<Store, 'readSlice'>): Promise<string | null> {
  try {
    const { bytes, sizeBytes } = await store.readSlice(settingsFile, { offset: 0, limitBytes })
    return sizeBytes > limitBytes ? null : new TextDecoder().decode(bytes)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return null
    throw error
  }
}

const settingsFile = 'unstuck.json'
const limitBytes = 4 * 1024 * 1024

/** Null, both, where there is no such file. */
export async function readSettingsFile(
  store: Pick<Store, 'readDocument'>,
): Promise<{ readonly text: string | null; readonly rev: string | null }> {
  try {
    const { bytes, rev } = await store.readDocument(settingsFile)
    return { text: new TextDecoder().decode(bytes), rev }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return { text: null, rev: null }
    throw error
  }
}
