// Paths below the workspace's root, free of links, for sequences of disk operations.
import type { DiskPort, Sequence } from './diskSequence.ts'
import { look } from './diskSteps.ts'
import type { FileStatus } from './fileSystem.ts'
import { absolute, linkError, prefixes } from './paths.ts'

export type PlaceInWorkspace = {
  readonly root: string
  /** Relative to the root, with `/`. */
  readonly relative: string
}

/** The absolute path and what is there, after each part of it that exists was found to be no link. */
export function* lookBelow(
  port: DiskPort,
  place: PlaceInWorkspace,
): Sequence<{ readonly path: string; readonly status: FileStatus | null }> {
  let status: FileStatus | null = null
  for (const part of prefixes(place.relative)) {
    status = yield* look(port, absolute(place, part))
    if (status?.kind === 'link') throw linkError(place.relative, part)
  }
  return { path: absolute(place, place.relative), status }
}
