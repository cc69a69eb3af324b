import { applicationVersion } from '../../../shared/version.ts'
import type { AppError } from '../../../shared/errors.ts'
import { defaultConfigFolder } from '../../store/configFolder.ts'
import { now, randomId } from '../hostFacts.ts'
import {
  createStateKeeper,
  type StateKeeper,
  type StateKeeperOptions,
} from './createStateKeeper.ts'

/** The keeper of this process, for one host or for all the workspaces that the desktop application has open. */
export function createProcessKeeper(options: {
  readonly path: string | null
  readonly host: StateKeeperOptions['application']['host']
  readonly configFolder?: string
  readonly report: (error: AppError, call: string) => void
}): StateKeeper {
  const { path, host, configFolder = defaultConfigFolder(), report } = options
  return createStateKeeper({
    path,
    application: { version: applicationVersion, host },
    configFolder,
    now,
    randomId,
    report: (error) => report(error, 'state file'),
  })
}
