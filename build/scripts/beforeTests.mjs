// Tests start the command line as it is built, which begins three times as fast as its sources.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { compiledFolder } from './run.mjs'

/** Returns what is done after the tests. The workers, and what they start, have the environment from here. */
export async function setup() {
  // Hosts, threads and steps start from sources hundreds of times.
  process.env.NODE_COMPILE_CACHE ??= compiledFolder
  await buildIfStale()
  // Nothing of the person who runs the tests is read or written.
  const own = await mkdtemp(join(tmpdir(), 'unstuck-tests-'))
  process.env.UNSTUCK_CONFIG_DIR = join(own, 'config')
  process.env.UNSTUCK_CACHE_DIR = join(own, 'cache')
  return () => rm(own, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
