import { hostname } from 'node:os'
import { basename } from 'node:path'
import { applicationVersion } from '../../shared/version.ts'
import type { ServiceContext } from '../services/context.ts'
import { createRunIndex } from '../services/runIndex.ts'
import { createExportDesk } from '../services/exports/exportDesk.ts'
import { createOpenedArchives } from '../services/openedArchives.ts'
import { createStateMemory } from '../services/stateMemory.ts'
import { now, randomId, sha256, userName } from './hostFacts.ts'
import { cacheName, createIndexCache } from './indexCache.ts'
import { createTrust } from './trust.ts'
import { createViewStore } from './viewStore.ts'

export type WorkspaceOptions = {
  readonly host: ServiceContext['application']['host']
  readonly isSample: boolean
  readonly configFolder: string
  /** Null: what was read is not kept for the next start. */
  readonly cacheFolder: string | null
  readonly rowsElsewhere?: ServiceContext['rowsElsewhere']
  readonly archivesElsewhere?: ServiceContext['archivesElsewhere']
  readonly reveal?: ServiceContext['reveal']
  readonly recent?: ServiceContext['recent']
  readonly knownHosts?: ServiceContext['knownHosts']
}

export type WorkspaceFacts = Omit<
  ServiceContext,
  'store' | 'executor' | 'settings' | 'controlSocket' | 'openScratch' | 'emit'
>

/** What services need of a workspace that does not depend on an open store. */
export function workspaceFacts(
  options: WorkspaceOptions,
  { root, document }: { readonly root: string; readonly document: string | null },
): WorkspaceFacts {
  const { configFolder, cacheFolder, host, isSample } = options
  const { rowsElsewhere, archivesElsewhere, reveal, recent, knownHosts } = options
  const workspace = cacheName(root)
  const account = userName()
  const cache =
    // One document that was opened by itself is no workspace to be saved.
    cacheFolder === null || document !== null
      ? null
      : createIndexCache({ folder: cacheFolder, workspace, version: applicationVersion })
  return {
    workspace: { id: workspace.slice(0, 12), name: basename(root) || root, document, isSample },
    application: { version: applicationVersion, host },
    trust: createTrust({ root, configFolder }),
    views: createViewStore({ configFolder, randomId }),
    user: account,
    account,
    hostName: hostname(),
    now,
    randomId,
    sha256,
    index: createRunIndex(cache),
    shownPlans: new Map(),
    usual: new Map(),
    states: createStateMemory(later),
    openedArchives: createOpenedArchives(later),
    exports: createExportDesk(),
    ...(rowsElsewhere === undefined ? {} : { rowsElsewhere }),
    ...(archivesElsewhere === undefined ? {} : { archivesElsewhere }),
    ...(reveal === undefined ? {} : { reveal }),
    ...(recent === undefined ? {} : { recent }),
    ...(knownHosts === undefined ? {} : { knownHosts }),
  }
}

function later(ms: number, work: () => void): void {
  setTimeout(work, ms).unref()
}
