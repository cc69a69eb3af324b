import { spawnSync } from 'node:child_process'

/** Whether a program that a test asks, beside those of Node, is there; a small Debian has neither `zstd` nor `ps`. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined
}
