import { parse } from 'yaml'
import {
  importTapps,
  tappsConfig,
  type ImportedSettings,
} from '../../shared/core/settings/importTapps.ts'
import { AppError } from '../../shared/errors.ts'
import type { Store } from '../store/store.ts'

/** What the configuration of tapps-agents in this folder says of state persistence; null: nothing that can be read. */
export async function readTappsSettings(
  store: Pick<Store, 'readSlice'>,
): Promise<ImportedSettings | null> {
  const text = await readConfig(store)
  if (text === null) return null
  try {
    return importTapps(parse(text, { schema: 'core', maxAliasCount: 100, logLevel: 'silent' }))
  } catch (error) {
    // It is another program's file: that it is no YAML is nothing that is wrong with our settings.
    if (error instanceof Error && error.name === 'YAMLParseError') return null
    if (error instanceof ReferenceError) return null // too many aliases
    throw error
  }
}

async function readConfig(store: Pick<Store, 'readSlice'>): Promise<string | null> {
  try {
    const { bytes, sizeBytes } = await store.readSlice(tappsConfig, { offset: 0, limitBytes })
    return sizeBytes > limitBytes ? null : new TextDecoder().decode(bytes)
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return null
    throw error
  }
}

const limitBytes = 512 * 1024
