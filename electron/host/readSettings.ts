import type { Settings } from '../../shared/schema/settings.ts'
import { lookAtSettings } from '../services/lookAtSettings.ts'
import type { Store } from '../store/store.ts'

/** `unstuck.json` and the environment; where it cannot be used, the last text that could, and what is wrong. */
export async function readSettings(
  store: Store,
): Promise<{ readonly value: Settings; readonly problem: string | null }> {
  return lookAtSettings(store, { environment: process.env, last: null })
}
