import { buildIfStale } from './build.mjs'
import { runNode } from './run.mjs'

/** Packages of the desktop application, in dist/packages; arguments go on to electron-builder (`--linux deb`, `--x64`, `--dir`). */
export async function makePackages(args) {
  await buildIfStale()
  const config = ['--config', 'build/electron-builder.config.ts', '--publish', 'never']
  return runNode(['node_modules/electron-builder/cli.js', ...config, ...args])
}
