import { fileURLToPath } from 'node:url'
import { defineConfig, type EnvironmentOptions } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** A program for Node or Electron in one file: only Electron, built-ins and the socket library's optional parts stay outside. */
function program(options: {
  entry: string
  folder: string
  file: string
  /** The folder holds another program, which was built before. */
  isBeside?: boolean
  /** Packages that whoever imports it brings along. */
  peers?: readonly RegExp[]
}): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir: path(`../dist/${options.folder}`),
      emptyOutDir: options.isBeside !== true,
      copyPublicDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: path(options.entry),
        external: ['electron', 'bufferutil', 'utf-8-validate', /^node:/, ...(options.peers ?? [])],
        output: {
          // A sandboxed preload script is loaded as CommonJS.
          format: options.file.endsWith('.cjs') ? 'cjs' : 'es',
          entryFileNames: options.file,
          codeSplitting: false,
        },
      },
    },
  }
}

function reading(folder: string): EnvironmentOptions {
  const entry = '../electron/host/reading/readingMain.ts'
  return program({ entry, folder, file: 'reading.js', isBeside: true })
}

function listing(folder: string): EnvironmentOptions {
  const entry = '../electron/host/reading/listingMain.ts'
  return program({ entry, folder, file: 'listing.js', isBeside: true })
}

function disk(folder: string): EnvironmentOptions {
  const entry = '../electron/store/diskMain.ts'
  return program({ entry, folder, file: 'disk.js', isBeside: true })
}

function sweep(folder: string): EnvironmentOptions {
  const entry = '../electron/store/blockingFileSystemThread.ts'
  return program({ entry, folder, file: 'sweep.js', isBeside: true })
}

function seal(folder: string): EnvironmentOptions {
  const entry = '../electron/bundle/sealMain.ts'
  return program({ entry, folder, file: 'seal.js', isBeside: true })
}

function step(folder: string): EnvironmentOptions {
  const entry = '../electron/executor/stepMain.ts'
  return program({ entry, folder, file: 'step.js', isBeside: true })
}

export default defineConfig({
  root: path('..'),
  builder: {
    async buildApp(builder) {
      for (const name of [
        'main',
        'mainReading',
        'mainListing',
        'mainDisk',
        'mainSweep',
        'mainSeal',
        'mainStep',
        'preload',
        'cli',
        'cliReading',
        'cliListing',
        'cliDisk',
        'cliSweep',
        'cliSeal',
        'cliStep',
        'library',
        'libraryLangGraph',
        'libraryConformance',
        'libraryDisk',
        'librarySweep',
        'libraryStep',
      ]) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  environments: {
    main: program({ entry: '../electron/app/main.ts', folder: 'main', file: 'main.js' }),
    preload: program({
      entry: '../electron/app/preload.ts',
      folder: 'preload',
      file: 'preload.cjs',
    }),
    cli: program({ entry: '../electron/cli/main.ts', folder: 'cli', file: 'unstuck.js' }),
    // The threads that read for a host: files of their own beside each program that starts hosts.
    mainReading: reading('main'),
    mainListing: listing('main'),
    cliReading: reading('cli'),
    cliListing: listing('cli'),
    // The threads that write for a store.
    mainDisk: disk('main'),
    cliDisk: disk('cli'),
    // A thread beside one that looks at many files.
    mainSweep: sweep('main'),
    cliSweep: sweep('cli'),
    // The thread that encrypts bundles.
    mainSeal: seal('main'),
    cliSeal: seal('cli'),
    // The process of a step that calls a module or makes an HTTP call.
    mainStep: step('main'),
    cliStep: step('cli'),
    // What programs import as `unstuck`.
    library: program({ entry: '../electron/library.ts', folder: 'library', file: 'library.js' }),
    // The same for graphs of LangGraph.js, which the program that has the graph brings along.
    libraryLangGraph: program({
      entry: '../electron/langgraph.ts',
      folder: 'library',
      file: 'langgraph.js',
      isBeside: true,
      peers: [/^@langchain\//],
    }),
    // What a store of others is held to.
    libraryConformance: program({
      entry: '../test/conformance/storeConformance.ts',
      folder: 'library',
      file: 'conformance.js',
      isBeside: true,
    }),
    libraryDisk: disk('library'),
    librarySweep: sweep('library'),
    libraryStep: step('library'),
  },
})
