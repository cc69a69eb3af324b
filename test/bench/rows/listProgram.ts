import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPrograms, besideHosts } from '../../buildPrograms.ts'

const folder = fileURLToPath(new URL('../../../dist/bench/list', import.meta.url))

let built: Promise<string> | null = null

/** Path of the list's probe, beside the threads that it starts; built once for all rows. */
export function listProgram(): Promise<string> {
  built ??= buildAll()
  return built
}

async function buildAll(): Promise<string> {
  await buildPrograms(folder, { 'probe.js': 'test/bench/rows/listProbe.ts', ...besideHosts })
  return join(folder, 'probe.js')
}
