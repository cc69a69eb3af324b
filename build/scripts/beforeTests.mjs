// Tests start the command line as it is built, which begins three times as fast as its sources.
import { buildIfStale } from './build.mjs'
import { compiledFolder } from './run.mjs'

export async function setup() {
  // The workers have it from here, and the hosts, threads and steps that they start from sources hundreds of times.
  process.env.NODE_COMPILE_CACHE ??= compiledFolder
  await buildIfStale()
}
