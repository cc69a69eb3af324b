import type { BundleFacts } from '../../../shared/contract/bundles.ts'
import type { BundleManifest } from '../../../shared/core/bundle/manifest.ts'
import type { BundleReading } from '../../bundle/readBundle.ts'
import type { Store } from '../../store/store.ts'

/** A file that waits at the host. */
export type DeskFile = { readonly token: string; readonly path: string; readonly name: string }

/** Where bundles lie that come or go: a private folder outside every workspace, gone with its host. */
export interface BundleDesk {
  /** See `Seal`. */
  readonly workFactor: number
  /** Names a file that does not exist yet. What is oldest goes where too many wait. */
  put(kind: 'download' | 'upload', name: string): Promise<DeskFile>
  /** Throws `not-found` when there is none of that kind. */
  find(kind: 'download' | 'upload', token: string): DeskFile
  remove(token: string): Promise<void>
  /** Manifests that were shown lately, by what was asked and the digest of its plan. */
  readonly shown: Map<string, BundleManifest>
  /** An empty folder of its own; who asks for it takes it away. */
  makeFolder(): Promise<string>
  /** Of such a folder, to be read only. */
  openStore(folder: string): Promise<Store>
  close(): Promise<void>
}

/** Of a workspace that is a bundle, unpacked. */
export type OpenedBundle = {
  /** Absolute path of the file, and what it is called. */
  readonly file: string
  readonly name: string
  readonly facts: BundleFacts
  readonly reading: BundleReading
}
