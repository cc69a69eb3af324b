// Builds the list's probe and the threads that it starts as they are shipped: one file each, without types.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(repository, 'dist', 'bench', 'list')
const programs = {
  'probe.js': 'test/bench/rows/listProbe.ts',
  'reading.js': 'electron/host/reading/readingMain.ts',
  'disk.js': 'electron/store/diskMain.ts',
  'sweep.js': 'electron/store/blockingFileSystemThread.ts',
}

let built: Promise<string> | null = null

/** Path of the probe; built once for all rows. */
export function listProgram(): Promise<string> {
  built ??= buildAll()
  return built
}

async function buildAll(): Promise<string> {
  for (const [file, entry] of Object.entries(programs)) await buildOne(file, entry)
  return join(folder, 'probe.js')
}

/** As `build/vite.main.config.ts` builds programs. */
async function buildOne(file: string, entry: string): Promise<void> {
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: join(repository, entry),
        external: ['bufferutil', 'utf-8-validate', /^node:/],
        output: { format: 'es', entryFileNames: file, codeSplitting: false },
      },
    },
  })
}
