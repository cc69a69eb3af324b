// Builds programs that tests and the bench start, without types and in one file each.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const repository = fileURLToPath(new URL('..', import.meta.url))

/** Threads and processes that a store and an executor start and find beside them. */
export const besideExecutors = {
  'disk.js': 'electron/store/diskMain.ts',
  'sweep.js': 'electron/store/blockingFileSystemThread.ts',
  'step.js': 'electron/executor/stepMain.ts',
} as const

/** Those of a host. */
export const besideHosts = {
  ...besideExecutors,
  'listing.js': 'electron/host/reading/listingMain.ts',
  'reading.js': 'electron/host/reading/readingMain.ts',
  'seal.js': 'electron/bundle/sealMain.ts',
} as const

/** `programs`: by the name of the file in `folder`, the source from the project's folder on. CommonJS where it ends so. */
export async function buildPrograms(
  folder: string,
  programs: Readonly<Record<string, string>>,
): Promise<void> {
  // Without a word about it, Node reads each program as CommonJS first.
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  for (const [file, entry] of Object.entries(programs)) await buildOne(folder, { file, entry })
}

/** As `build/vite.main.config.ts` builds programs. */
async function buildOne(
  folder: string,
  { file, entry }: { readonly file: string; readonly entry: string },
): Promise<void> {
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
        output: {
          format: file.endsWith('.cjs') ? 'cjs' : 'es',
          entryFileNames: file,
          codeSplitting: false,
        },
      },
    },
  })
}
